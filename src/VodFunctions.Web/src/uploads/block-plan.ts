/** How a file is cut. The same file and block size always give the same blocks, so that an upload can go on. */
export interface BlockPlan {
  readonly sizeBytes: number;
  readonly blockBytes: number;
  readonly count: number;
}

/** A block that the storage has and that no blob is made of yet. */
export interface StagedBlock {
  readonly name: string;
  readonly size: number;
}

export function planBlocks(sizeBytes: number, blockBytes: number): BlockPlan {
  return { sizeBytes, blockBytes, count: Math.ceil(sizeBytes / blockBytes) };
}

/** Base64 of equal length for every block of a blob, as the storage wants it. */
export function blockId(index: number): string {
  return btoa(`block-${String(index).padStart(6, '0')}`);
}

/** Where a block lies in the file. */
export function blockRange(plan: BlockPlan, index: number): { start: number; end: number } {
  const start = index * plan.blockBytes;
  return { start, end: Math.min(start + plan.blockBytes, plan.sizeBytes) };
}

export function blockSize(plan: BlockPlan, index: number): number {
  const { start, end } = blockRange(plan, index);
  return end - start;
}

/** The blocks that the storage does not have whole, in order. */
export function missingBlocks(plan: BlockPlan, staged: readonly StagedBlock[]): number[] {
  const sizes = new Map(staged.map(block => [block.name, block.size]));
  return Array.from({ length: plan.count }, (_, index) => index).filter(
    index => sizes.get(blockId(index)) !== blockSize(plan, index),
  );
}

/** The ids of all blocks, in order: what the blob is made of. */
export function blockList(plan: BlockPlan): string[] {
  return Array.from({ length: plan.count }, (_, index) => blockId(index));
}
