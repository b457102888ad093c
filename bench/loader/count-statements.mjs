// Preloaded by a command whose statements are counted: `node --import count-statements.mjs moult.js …`.
//
// MOULT_BENCH_COUNT names a file that is told, at the end, how many messages were sent to the database, by the step
// that was under way, how many statements they held, and how long the answers took.
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import pg from 'pg'

if (isMainThread) install(process.env.MOULT_BENCH_COUNT)

function install(file) {
  const steps = new Map()
  const send = pg.Client.prototype.query
  let step = 'around'
  pg.Client.prototype.query = function query(request, ...more) {
    const text = typeof request === 'string' ? request : (request.text ?? '')
    if (/moult\.start_step/.test(text)) step = nameOf(request.values?.[1]) ?? step
    const counts = steps.get(step) ?? { messages: 0, statements: 0, milliseconds: 0 }
    steps.set(step, counts)
    counts.messages += 1
    const began = performance.now()
    const answer = send.call(this, request, ...more)
    const heard = (result) => {
      counts.statements += Array.isArray(result) ? result.length : 1
      counts.milliseconds += performance.now() - began
    }
    answer?.then?.(heard, () => heard())
    return answer
  }
  if (file !== undefined) {
    process.once('exit', () => writeFileSync(file, JSON.stringify(Object.fromEntries(steps))))
  }
}

function nameOf(which) {
  try {
    return JSON.parse(which).name
  } catch {
    return undefined
  }
}
