import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'

/** How a command line ended. */
export interface CommandOutcome {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
  /** What `--json` printed. */
  readonly json: {
    readonly result?: Record<string, unknown>
    readonly findings?: readonly { readonly code: string }[]
    readonly error?: { readonly code: string; readonly message: string; readonly hint?: string }
  }
}

/** Where the command keeps its things. */
export interface CommandPlace {
  readonly home: string
  readonly cache: string
  /** The folder it is called in; that of the tests where it is not given. */
  readonly folder?: string
  /** Environment variables, besides those of the tests. */
  readonly variables?: Readonly<Record<string, string>>
}

const PROGRAM = resolve(import.meta.dirname, '../../bin/moult.js')

/** Starts the command as a user would; the home folder is the test's own. */
export function startMoult(
  { home, cache, folder, variables }: CommandPlace,
  args: readonly string[],
): ChildProcess {
  const { PGHOST: _host, PGPORT: _port, PGUSER: _user, ...environment } = process.env
  return spawn(process.execPath, [PROGRAM, ...args], {
    ...(folder !== undefined && { cwd: folder }),
    env: {
      ...environment,
      MOULT_HOME: home,
      MOULT_CACHE: cache,
      NO_COLOR: '1',
      ...variables,
    },
  })
}

export async function runMoult(
  place: CommandPlace,
  args: readonly string[],
): Promise<CommandOutcome> {
  const child = startMoult(place, args)
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin?.end()
  const exit = await new Promise<number | null>((done) => child.on('close', done))
  return {
    exit,
    stdout,
    stderr,
    json: args.includes('--json') && stdout !== '' ? lastOf(stdout) : {},
  }
}

/** A document, or the last of a stream's lines: that of the result. */
function lastOf(stdout: string): CommandOutcome['json'] {
  const lines = stdout.trimEnd().split('\n')
  return JSON.parse(lines[0]?.startsWith('{"') ? (lines.at(-1) ?? '') : stdout)
}
