/**
 * Runs lanes side by side, in each part after part, and then the parts that must have the machine to themselves.
 * @template Part, Result
 * @param {{ sideBySide: Part[][], alone: Part[] }} lanes
 * @param {(part: Part) => Promise<Result>} runPart
 * @returns {Promise<Result[]>}
 */
export async function runLanes({ sideBySide, alone }, runPart) {
  const first = await Promise.all(sideBySide.map(lane => inTurn(lane, runPart)));
  return [...first.flat(), ...await inTurn(alone, runPart)];
}

async function inTurn(parts, runPart) {
  const results = [];
  for (const part of parts) results.push(await runPart(part));
  return results;
}
