import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

/** Another moult process, made of a piece of program text. */
export interface MoultChild {
  readonly pid: number
  /** The next line that the child prints, or undefined when it has ended. */
  line(): Promise<string | undefined>
  /** Tells the child to go on: its `await told()` returns. */
  tell(): void
  kill(signal: NodeJS.Signals): Promise<void>
  /** Waits for its end and returns its exit code, with what it said on stderr. */
  end(): Promise<{ readonly code: number | null; readonly stderr: string }>
}

const DIST = resolve(import.meta.dirname, '../../dist')

/**
 * Runs a program in a process of its own on the compiled sources (Node 20 does not read TypeScript).
 * It finds everything of `db` as `db`, and `say(text)` and `told()` to talk with the test.
 */
export function moultChild(program: string): MoultChild {
  const entry = pathToFileURL(join(DIST, 'db/index.js')).href
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', PRELUDE.replace('ENTRY', entry) + program],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let stderr = ''
  child.stderr.on('data', (data) => {
    stderr += String(data)
  })
  const ended = new Promise<number | null>((done) => child.once('close', done))
  return {
    pid: child.pid ?? 0,
    line: async () => {
      const next = await lines.next()
      return next.done ? undefined : next.value
    },
    tell: () => void child.stdin.write('\n'),
    async kill(signal) {
      child.kill(signal)
      await ended
    },
    end: async () => ({ code: await finish(child, ended), stderr }),
  }
}

const PRELUDE = `
import * as db from 'ENTRY'
const say = (text) => console.log(text)
const told = () => new Promise((done) => process.stdin.once('data', done))
`

function finish(child: ChildProcess, ended: Promise<number | null>): Promise<number | null> {
  child.stdin?.end()
  return ended
}
