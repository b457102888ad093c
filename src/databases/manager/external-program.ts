import { type ChildProcess, spawn } from 'node:child_process'
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
  options: ProgramOptions,
): AsyncIterable<Uint8Array> {
  const { child, ended } = start(program, args, options, 'pipe')
  try {
    if (child.stdout !== null) yield* child.stdout as AsyncIterable<Uint8Array>
    await ended
  } finally {
    if (child.exitCode === null) child.kill()
  }
}

/** Runs a program whose output goes straight to an open file; fails as {@link readProgram} does. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions & { readonly output: number },
): Promise<void> {
  await start(program, args, options, options.output).ended
}

interface Started {
  readonly child: ChildProcess
  /** Rejected when the program fails or was cancelled. */
  readonly ended: Promise<void>
}

function start(
  program: string,
  args: readonly string[],
  { signal, environment = {} }: ProgramOptions,
  output: 'pipe' | number,
): Started {
  const child = spawn(program, args, {
    stdio: ['ignore', output, 'pipe'],
    env: { ...process.env, ...environment },
    signal,
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_ERROR_TEXT)
  })
  const ended = new Promise<void>((resolve, reject) => {
    const fail = (cause?: Error): void =>
      reject(signal.aborted ? new CancelledError(program) : programFailed(program, said, cause))
    child.on('error', fail)
    child.on('close', (code) => (code === 0 ? resolve() : fail()))
  })
  // Whoever stops reading early never asks how it ended.
  ended.catch(() => {})
  return { child, ended }
}

function programFailed(program: string, said: string, cause: Error | undefined): OutsideError {
  const reason = said.trim() || (cause?.message ?? 'no reason given')
  const full = /No space left on device/.test(said)
  return new OutsideError(full ? 'DISK_FULL' : 'PROGRAM_FAILED', `${program} failed: ${reason}`, {
    ...(cause !== undefined && { cause }),
    hint: 'Nothing was left behind. Mend what the program complains about and run the command again.',
  })
}
