/**
 * What all of these give. Where one fails the others are stopped first: a browser that nobody stops would keep the run
 * from ending with the error.
 * @template {unknown[]} Parts
 * @param {{ [Index in keyof Parts]: Promise<Parts[Index]> }} starts
 * @returns {Promise<Parts>}
 */
export async function startAll(starts) {
  const results = await Promise.allSettled(starts);
  const failed = results.find(({ status }) => status === 'rejected');
  if (!failed) return results.map(({ value }) => value);
  await Promise.allSettled(results.map(({ value }) => value?.stop?.()));
  throw failed.reason;
}
