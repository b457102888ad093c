import { CancelledError } from '../base/index.js'

/**
 * The result of `work`, or {@link CancelledError} as soon as the signal fires, even when the work
 * is waiting for something that never comes. What the work does afterwards is ignored.
 */
export async function unlessCancelled<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  what: string,
): Promise<T> {
  if (signal === undefined) return await work
  let stop = (): void => {}
  const cancelled = new Promise<never>((_, reject) => {
    stop = () => reject(new CancelledError(what))
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
  })
  try {
    return await Promise.race([work, cancelled])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
