import { CancelledError } from '../base/index.js'

/** Passes `source` on until `signal` aborts, also while `source` has nothing to give. */
export async function* abortable<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
  what: string,
): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  let refuse: ((reason: Error) => void) | undefined
  const onAbort = (): void => refuse?.(new CancelledError(what))
  signal.addEventListener('abort', onAbort)
  let over = false
  try {
    while (true) {
      if (signal.aborted) throw new CancelledError(what)
      const next = await new Promise<IteratorResult<T>>((resolve, reject) => {
        refuse = reject
        iterator.next().then(resolve, reject)
      })
      if (next.done) {
        over = true
        return
      }
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    // Not awaited: a source that is waiting itself would answer only then.
    if (!over) iterator.return?.()?.catch(() => {})
  }
}
