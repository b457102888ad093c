/** Maps items one after the other: for work on one session, which does one thing at a time. */
export async function inTurn<T, R>(
  items: Iterable<T>,
  map: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  for (const item of items) results.push(await map(item))
  return results
}
