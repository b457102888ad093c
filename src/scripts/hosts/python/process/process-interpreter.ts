import { type ChildProcess, spawn } from 'node:child_process'
import type { Duplex, Readable } from 'node:stream'
import { codeOf, OutsideError, UserError } from '../../../../base/index.js'
import { guestPackageFolder } from '../guest-package.js'
import {
  type CommandContext,
  type CommandOutcome,
  type Interpreter,
  InterpreterDiedError,
} from '../interpreter.js'
import { FrameReader, writeFrame } from './frames.js'

/** The child's end of the socket pair, as a file descriptor. */
const CHANNEL = 3
const OLD_PYTHON = 78
const SHOWN_ERRORS = 2000

/** Must be understood by every Python there is, also by those that are refused. */
const BOOTSTRAP = [
  'import sys',
  `sys.version_info < (3, 8) and sys.exit(${OLD_PYTHON})`,
  'sys.path[:0] = sys.argv[1:]',
  `from moultg.process import main; main(${CHANNEL})`,
].join('\n')

interface Pending {
  readonly context: CommandContext
  readonly resolve: (outcome: CommandOutcome) => void
  readonly reject: (error: Error) => void
}

/**
 * Starts a Python of the user's. Throws PYTHON_NOT_FOUND, PYTHON_TOO_OLD, or PYTHON_FAILED with what it
 * said.
 */
export async function startProcess(
  executable: string,
  searchPath: readonly string[],
): Promise<Interpreter> {
  const child = spawn(
    executable,
    ['-B', '-u', '-X', 'utf8', '-c', BOOTSTRAP, guestPackageFolder(), ...searchPath],
    { env: environment(), stdio: ['ignore', 'pipe', 'pipe', 'pipe'], windowsHide: true },
  )
  const interpreter = new ProcessInterpreter(child)
  await interpreter.ready(executable)
  return interpreter
}

/** A script must not depend on, or see, what the user's shell happens to have; Python needs little. */
function environment(): Record<string, string> {
  const needed = ['PATH', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH', 'SYSTEMROOT', 'TEMP', 'TMP']
  const kept = needed.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...Object.fromEntries(kept),
    LANG: 'C.UTF-8',
    PYTHONIOENCODING: 'utf-8',
    // Odoo writes rows in the order of sets: two runs, and a resumed one, shall have the same.
    PYTHONHASHSEED: '0',
  }
}

class ProcessInterpreter implements Interpreter {
  readonly #child: ChildProcess
  readonly #channel: Duplex
  readonly #frames = new FrameReader()
  readonly #ended: Promise<void>
  #greeting: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined
  #pending: Pending | undefined
  #dead = false
  #said = ''

  constructor(child: ChildProcess) {
    this.#child = child
    this.#channel = child.stdio[CHANNEL] as Duplex
    this.#channel.on('data', (chunk: Buffer) => {
      for (const frame of this.#frames.push(chunk)) this.#receive(frame)
    })
    // A broken pipe is told by the end of the process.
    this.#channel.on('error', () => {})
    this.#listen(child.stdout, 'stdout')
    this.#listen(child.stderr, 'stderr')
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.#die(error)
        resolve()
      })
      child.once('close', (code, signal) => {
        this.#die(Object.assign(new Error(`Python ended (${signal ?? code})`), { exit: code }))
        resolve()
      })
    })
  }

  async ready(executable: string): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        this.#greeting = { resolve, reject }
      })
    } catch (error) {
      throw startFailed(executable, error, this.#said)
    }
    this.#rest(true)
  }

  command(text: string, context: CommandContext): Promise<CommandOutcome> {
    if (this.#dead) return Promise.reject(new InterpreterDiedError('Python ended'))
    return new Promise((resolve, reject) => {
      this.#pending = { context, resolve, reject }
      this.#rest(false)
      this.#channel.write(writeFrame(text))
    })
  }

  interrupt(): void {
    this.#child.kill('SIGINT')
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  isFit(): boolean {
    return !this.#dead
  }

  #listen(stream: Readable | null, name: 'stdout' | 'stderr'): void {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (this.#pending === undefined) this.#said = (this.#said + text).slice(-SHOWN_ERRORS)
      else this.#pending.context.printed(name, text.trimEnd())
    })
  }

  #receive(text: string): void {
    if (this.#greeting !== undefined) {
      this.#greeting.resolve()
      this.#greeting = undefined
      return
    }
    const pending = this.#pending
    if (pending === undefined) return
    if (text.startsWith(OUTCOME)) {
      this.#pending = undefined
      this.#rest(true)
      pending.resolve({ text: text.slice(OUTCOME.length), memoryRefused: false })
      return
    }
    void pending.context.answer(text).then((answer) => this.#channel.write(writeFrame(answer)))
  }

  /** An interpreter without work must not keep the process alive. */
  #rest(on: boolean): void {
    const handles = [this.#child, this.#channel, this.#child.stdout, this.#child.stderr]
    for (const handle of handles as readonly Partial<Record<'ref' | 'unref', () => void>>[]) {
      handle[on ? 'unref' : 'ref']?.()
    }
  }

  #die(cause: Error): void {
    this.#dead = true
    this.#greeting?.reject(cause)
    const pending = this.#pending
    this.#pending = undefined
    pending?.reject(new InterpreterDiedError(`${cause.message} ${this.#said}`.trim()))
  }
}

/** Marks the frame that ends a command; every other frame is a question. */
const OUTCOME = 'outcome '

function startFailed(executable: string, cause: unknown, said: string): Error {
  const code = codeOf(cause)
  if (code === 'ENOENT' || code === 'EACCES') {
    return new UserError('PYTHON_NOT_FOUND', `There is no Python at ${executable}`, {
      cause,
      hint: 'Name a program of Python 3.8 or newer, or leave --python out: one is built in.',
    })
  }
  if (cause instanceof Error && Reflect.get(cause, 'exit') === OLD_PYTHON) {
    return new UserError('PYTHON_TOO_OLD', `${executable} is older than Python 3.8`, {
      hint: 'Name a newer one, or leave --python out: one is built in.',
    })
  }
  return new OutsideError('PYTHON_FAILED', `${executable} did not start as a Python interpreter`, {
    cause,
    hint: said.trim() || 'It said nothing.',
  })
}
