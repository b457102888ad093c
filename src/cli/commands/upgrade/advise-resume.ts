import { InternalError, MoultError, OutsideError, UserError } from '../../../base/index.js'
import type { CommandContext } from '../../command.js'

/** Runs an upgrade; an error after the run was recorded says how to go on. */
export async function advisingResume<T>(
  { progress }: CommandContext,
  database: string,
  body: () => Promise<T>,
): Promise<T> {
  // A run is recorded before it does anything that takes time.
  let begun = false
  const stop = progress.events.on('stepStarted', () => {
    begun = true
  })
  try {
    return await body()
  } catch (error) {
    throw begun ? withAdvice(error, database) : error
  } finally {
    stop()
  }
}

function withAdvice(error: unknown, database: string): unknown {
  const command = `moult resume ${database}`
  if (!(error instanceof MoultError) || error instanceof InternalError) return error
  const { code, message, hint = '', place, data, cause } = error
  if (hint.includes(command)) return error
  const known = hint.replace('"moult resume"', `"${command}"`)
  const details = {
    hint: known === hint ? `${hint} Go on with: ${command}`.trim() : known,
    ...(place !== undefined && { place }),
    data: { ...data, database },
    ...(cause !== undefined && { cause }),
  }
  return error instanceof OutsideError
    ? new OutsideError(code, message, details)
    : new UserError(code, message, details)
}
