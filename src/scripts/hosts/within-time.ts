import { CancelledError, UserError } from '../../base/index.js'
import type { ScriptCall, ScriptScope } from './script-host.js'

/**
 * Waits for a script's work no longer than it may take, and no longer than the run goes on. The statement that
 * it is at is stopped; what it does without the database is left behind.
 */
export async function withinTime(
  work: Promise<unknown>,
  call: ScriptCall,
  { session, signal, limits: { seconds } }: ScriptScope,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let onAbort = (): void => {}
  const interrupted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new CancelledError('The script'))
    signal.addEventListener('abort', onAbort, { once: true })
    if (seconds === undefined) return
    timer = setTimeout(() => {
      reject(tooLong(call, seconds))
      // Its failure is not news: the script is told to have taken too long.
      session.stop().catch(() => {})
    }, seconds * 1_000)
  })
  try {
    await Promise.race([work, interrupted])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    work.catch(() => {})
  }
}

function tooLong({ file }: ScriptCall, seconds: number): UserError {
  return new UserError('SCRIPT_TIMEOUT', `The script took longer than ${seconds} s`, {
    place: { file },
    hint: 'Give it more time (--script-seconds), or let it do less.',
  })
}
