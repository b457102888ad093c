import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { MessageChannel, Worker } from 'node:worker_threads'
import { raw, type Session } from '../../src/db/index.js'
import { sqlOperations } from '../../src/scripts/hosts/index.js'
import { answerQuestion } from '../../src/scripts/hosts/python/answer-question.js'
import type { GuestOperations } from '../../src/scripts/values/index.js'

const GUEST_FOLDER = fileURLToPath(new URL('../../python/', import.meta.url))
const CASES_FOLDER = fileURLToPath(new URL('../guest/fixtures/psycopg2/', import.meta.url))
const WORKER = new URL('../guest/fixtures/psycopg2/pyodide-worker.mjs', import.meta.url)

/** An interpreter that has the package `psycopg2` of `python/` on a session of ours. */
export interface Psycopg2Guest {
  /** Runs Python source; answers the JSON value that it leaves in `result`. */
  run(source: string): Promise<unknown>
  close(): Promise<void>
}

type Ask = (question: string) => Promise<string>

/**
 * Runs `body` with the operations of a script on `session`, inside a transaction that is rolled back;
 * a rollback of the guest goes back to its beginning, a commit does nothing.
 */
export async function withOperations(
  session: Session,
  body: (operations: GuestOperations) => Promise<void>,
): Promise<void> {
  const operations = sqlOperations({
    session,
    commit: async () => {},
    rollback: () => session.execute(raw('ROLLBACK TO SAVEPOINT guest')),
  })
  const done = new Error('rolled back')
  await session
    .transaction(async () => {
      await session.execute(raw('SAVEPOINT guest'))
      await body(operations)
      throw done
    })
    .catch((error: unknown) => {
      if (error !== done) throw error
    })
}

/** Like {@link withOperations}, with a function that answers a guest's questions. */
export function withAnswers(session: Session, body: (ask: Ask) => Promise<void>): Promise<void> {
  return withOperations(session, (operations) =>
    body((question) => answerQuestion(question, { operations, log: () => {}, failed: () => {} })),
  )
}

/** CPython, over its standard input and output: a line is a question, an answer or a command. */
export function cpythonGuest(executable: string, ask: Ask): Psycopg2Guest {
  const child = spawn(executable, ['-I', '-B', '-c', PROCESS_SOURCE, GUEST_FOLDER, CASES_FOLDER], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async run(source) {
      child.stdin.write(`${JSON.stringify({ source })}\n`)
      for (;;) {
        const line = await lines.next()
        if (line.done === true) throw new Error('The interpreter ended')
        const message = JSON.parse(line.value) as { ask?: string; result?: unknown; error?: string }
        if (message.error !== undefined) throw new Error(message.error)
        if (message.ask === undefined) return message.result
        child.stdin.write(`${JSON.stringify({ answer: await ask(message.ask) })}\n`)
      }
    },
    async close() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}

/** Pyodide in a worker that waits on shared memory for each answer. */
export async function pyodideGuest(ask: Ask): Promise<Psycopg2Guest> {
  const { port1, port2 } = new MessageChannel()
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const files = [...(await pythonFiles(GUEST_FOLDER)), ...(await pythonFiles(CASES_FOLDER))]
  const worker = new Worker(WORKER, {
    workerData: { port: port2, flag, files },
    transferList: [port2],
  })
  port1.on('message', (question: string) => {
    void ask(question).then((answer) => {
      port1.postMessage(answer)
      Atomics.store(flag, 0, 1)
      Atomics.notify(flag, 0)
    })
  })
  await once(worker, 'message')
  return {
    async run(source) {
      worker.postMessage(source)
      const [message] = (await once(worker, 'message')) as [{ result?: string; error?: string }]
      if (message.error !== undefined) throw new Error(message.error)
      return JSON.parse(message.result ?? 'null')
    },
    async close() {
      port1.close()
      await worker.terminate()
    },
  }
}

async function pythonFiles(folder: string): Promise<readonly (readonly [string, string])[]> {
  const names = await readdir(folder, { recursive: true })
  const wanted = names.filter((name) => /^(?:moultg|psycopg2)\/\w+\.py$|^\w+\.py$/.test(name))
  return Promise.all(
    wanted.map(async (name) => {
      const path = join(folder, name)
      return [relative(folder, path), await readFile(path, 'utf8')] as const
    }),
  )
}

const PROCESS_SOURCE = `
import json, sys, traceback
sys.path[:0] = sys.argv[1:3]

def tell(message):
    sys.stdout.write(json.dumps(message) + "\\n")
    sys.stdout.flush()

def hear():
    line = sys.stdin.readline()
    return json.loads(line) if line else None

def exchange(question):
    tell({"ask": question})
    return hear()["answer"]

import moultg.transport
moultg.transport.install(exchange)
while True:
    command = hear()
    if command is None:
        break
    scope = {}
    try:
        exec(command["source"], scope)
        tell({"result": scope["result"]})
    except Exception:
        tell({"error": traceback.format_exc()})
`
