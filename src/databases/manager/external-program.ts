import { spawn } from 'node:child_process'
import { CancelledError, OutsideError } from '../../base/index.js'

export interface ProgramOptions {
  readonly signal: AbortSignal
  /** Added to the process's own. */
  readonly environment?: Readonly<Record<string, string>>
}

const KEPT_ERROR_TEXT = 4000

/**
 * Runs a program and yields what it prints. It ends with the program: anything but exit code 0 is
 * PROGRAM_FAILED with what it said; leaving the loop early ends the program.
 */
export async function* readProgram(
  program: string,
  args: readonly string[],
  { signal, environment = {} }: ProgramOptions,
): AsyncIterable<Uint8Array> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    signal,
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_ERROR_TEXT)
  })
  const ended = new Promise<{ code: number | null; error?: Error }>((resolve) => {
    child.on('error', (error) => resolve({ code: null, error }))
    child.on('close', (code) => resolve({ code }))
  })
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>
    const { code, error } = await ended
    if (signal.aborted) throw new CancelledError(program)
    if (error !== undefined || code !== 0) throw programFailed(program, said, error)
  } finally {
    if (child.exitCode === null) child.kill()
  }
}

function programFailed(program: string, said: string, cause: Error | undefined): OutsideError {
  return new OutsideError(
    'PROGRAM_FAILED',
    `${program} failed: ${said.trim() || (cause?.message ?? 'no reason given')}`,
    {
      ...(cause !== undefined && { cause }),
      hint: 'Nothing was left behind. Mend what the program complains about and run the command again.',
    },
  )
}
