import { spawn } from 'node:child_process'
import { CancelledError, codeOf, OutsideError } from '../../base/index.js'

/** How git is run. */
export interface GitOptions {
  readonly signal: AbortSignal
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Hears every line of progress. */
  readonly onLine?: (line: string) => void
}

const LAST_LINES = 8
const GRACE_MS = 3_000

/**
 * Runs git and gives what it prints. It never asks for a name or password, and no hooks of the user's
 * run. When it is cancelled, git and whatever it started are ended before this returns.
 *
 * Errors: GIT_MISSING, GIT_FAILED, CANCELLED.
 */
export async function runGit(args: readonly string[], options: GitOptions): Promise<string> {
  const { signal, variables, onLine } = options
  if (signal.aborted) throw new CancelledError('Fetching sources')
  const child = spawn('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: git clone starts others, which are to end with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: {
      GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
      ...variables,
      GIT_TERMINAL_PROMPT: '0',
      GIT_ASKPASS: '',
      SSH_ASKPASS: '',
      LC_ALL: 'C',
    },
  })
  const stop = (name: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null) return
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, name)
    } catch {
      // It has ended meanwhile.
    }
  }
  let timer: NodeJS.Timeout | undefined
  const cancel = (): void => {
    stop('SIGTERM')
    timer = setTimeout(() => stop('SIGKILL'), GRACE_MS)
  }
  signal.addEventListener('abort', cancel, { once: true })
  let output = ''
  const lines: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split(/[\r\n]+/)) {
      if (line.trim() === '') continue
      onLine?.(line)
      lines.push(line.trim())
      if (lines.length > LAST_LINES) lines.shift()
    }
  })
  try {
    const exit = await new Promise<number | null>((done, fail) => {
      child.on('error', fail)
      child.on('close', done)
    })
    if (signal.aborted) throw new CancelledError('Fetching sources')
    if (exit === 0) return output
    throw new OutsideError('GIT_FAILED', `git ${args[0]} failed: ${summaryOf(lines)}`, {
      hint: 'Check the address, the branch and the network; private repositories need a key or a stored credential.',
      data: { exit, output: [...lines] },
    })
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    throw new OutsideError('GIT_MISSING', 'git is not installed, or not on the PATH', {
      hint: 'Install git, or name a folder that holds the sources: moult sources add 16.0 --folder DIR',
      cause: error,
    })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
  }
}

/** The line that says what went wrong, if there is one. */
function summaryOf(lines: readonly string[]): string {
  return lines.findLast((line) => /^(fatal|error):/.test(line)) ?? lines.at(-1) ?? 'it said nothing'
}
