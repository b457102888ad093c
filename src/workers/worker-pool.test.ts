import { afterEach, expect, test } from 'vitest'
import { WorkerPool } from './worker-pool.js'

/** Answers twice the number; ends at 13, throws at 14, and never answers 15. */
const PROGRAM = new URL(
  `data:text/javascript,${encodeURIComponent(`
import { parentPort, workerData, threadId } from 'node:worker_threads'
parentPort.on('message', ({ id, task }) => {
  if (task === 13) process.exit(1)
  if (task === 15) return
  parentPort.postMessage(task === 14 ? { id, problem: 'bad luck' } : { id, answer: [task * workerData, threadId] })
})`)}`,
)

const pools: WorkerPool<number, readonly [number, number]>[] = []

function start(size: number): WorkerPool<number, readonly [number, number]> {
  const pool = new WorkerPool<number, readonly [number, number]>(PROGRAM, { size, data: 2 })
  pools.push(pool)
  return pool
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

test('every task gets its answer, from no more threads than asked for', async () => {
  const pool = start(2)
  const answers = await Promise.all(Array.from({ length: 50 }, (_, task) => pool.run(task + 20)))
  expect(answers.map(([answer]) => answer)).toEqual(
    Array.from({ length: 50 }, (_, i) => (i + 20) * 2),
  )
  expect(new Set(answers.map(([, thread]) => thread)).size).toBe(2)
})

test('a thread that ends fails what it had, and another takes its place', async () => {
  const pool = start(1)
  await expect(pool.run(13)).rejects.toMatchObject({ code: 'WORKER_FAILED' })
  expect((await pool.run(1))[0]).toBe(2)
})

test('a task that cannot be answered fails alone', async () => {
  const pool = start(1)
  const [bad, good] = await Promise.allSettled([pool.run(14), pool.run(1)])
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'WORKER_FAILED' } })
  expect(good).toMatchObject({ status: 'fulfilled' })
})

test('closing fails what is still open', async () => {
  const pool = start(1)
  const open = Promise.allSettled([pool.run(15), pool.run(15), pool.run(15)])
  await pool.close()
  for (const result of await open)
    expect(result).toMatchObject({ reason: { code: 'WORKER_FAILED' } })
})
