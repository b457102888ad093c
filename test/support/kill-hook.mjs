// Preloaded by the commands that a test ends: `node --import kill-hook.mjs moult.js …`.
//
// MOULT_TEST_KILL says when the process ends, by SIGKILL from itself and hence exactly there:
// `before:N` and `after:N` for its N-th commit of a journal's record, `at:N` when its N-th statement is on its way.
// MOULT_TEST_COUNT names a file that is told how many there were of both.
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import pg from 'pg'

// A statement outside of a transaction is one of its own.
const RECORDED = /^\s*(INSERT INTO|UPDATE) moult\.journal_/
const RECORDS = /moult\.finish_step/

if (isMainThread) install(process.env.MOULT_TEST_KILL ?? '', process.env.MOULT_TEST_COUNT)

function install(moment, file) {
  const [kind, number] = moment.split(':')
  const counts = { commits: 0, statements: 0 }
  const send = pg.Client.prototype.query
  let records = false
  const is = (wanted, count) => kind === wanted && Number(number) === count
  pg.Client.prototype.query = function query(request, ...more) {
    counts.statements += 1
    const text = typeof request === 'string' ? request : (request.text ?? '')
    records ||= RECORDS.test(text)
    const commits = RECORDED.test(text) || (records && text === 'COMMIT')
    if (commits) records = false
    if (commits) counts.commits += 1
    if (commits && is('before', counts.commits)) end()
    const answer = send.call(this, request, ...more)
    if (is('at', counts.statements)) end()
    if (commits && is('after', counts.commits)) return answer.then(end)
    return answer
  }
  if (file !== undefined) process.once('exit', () => writeFileSync(file, JSON.stringify(counts)))
}

function end() {
  process.kill(process.pid, 'SIGKILL')
}
