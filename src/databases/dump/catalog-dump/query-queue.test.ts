import { describe, expect, it } from 'vitest'
import { type Result, type Row, raw, type Session, type Sql } from '../../../db/index.js'
import { QueryQueue, together } from './query-queue.js'

/** Answers each statement with its own text; fails at `bad`. Writes down what happens. */
function recorder(log: string[]): Pick<Session, 'query'> {
  let running = 0
  return {
    async query<R extends Row>({ text }: Sql): Promise<Result<R>> {
      running += 1
      log.push(`send ${text} (${running} at a time)`)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running -= 1
      if (text === 'bad') throw new Error(text)
      return { rows: [{ text }] as unknown as R[], count: 1 }
    },
  }
}

describe('QueryQueue', () => {
  it('sends one query at a time, the next one before the last task works on its rows', async () => {
    const log: string[] = []
    const queue = new QueryQueue(recorder(log))
    const task = async (text: string): Promise<void> => {
      await queue.query(raw(text))
      log.push(`work on ${text}`)
    }
    await Promise.all([task('a'), task('b'), task('c')])
    expect(log).toEqual([
      'send a (1 at a time)',
      'send b (1 at a time)',
      'work on a',
      'send c (1 at a time)',
      'work on b',
      'work on c',
    ])
  })

  it('goes on after it has been empty', async () => {
    const log: string[] = []
    const queue = new QueryQueue(recorder(log))
    expect(await queue.query(raw('a'))).toEqual([{ text: 'a' }])
    expect(await queue.query(raw('b'))).toEqual([{ text: 'b' }])
  })

  it('sends nothing after a failure, which all that wait are told', async () => {
    const log: string[] = []
    const queue = new QueryQueue(recorder(log))
    const asked = ['a', 'bad', 'c', 'd'].map((text) => queue.query(raw(text)))
    const results = await Promise.allSettled(asked)
    expect(results.map((result) => result.status === 'rejected' && String(result.reason))).toEqual([
      false,
      'Error: bad',
      'Error: bad',
      'Error: bad',
    ])
    expect(log).toEqual(['send a (1 at a time)', 'send bad (1 at a time)'])
    await expect(queue.query(raw('later'))).rejects.toThrow('bad')
  })
})

describe('together', () => {
  it('gives the results in order, of values as well', async () => {
    expect(await together([Promise.resolve(1), 'two'])).toEqual([1, 'two'])
  })

  it('fails only when every task has ended', async () => {
    let ended = false
    const slow = new Promise<void>((resolve) => {
      setTimeout(() => {
        ended = true
        resolve()
      }, 5)
    })
    await expect(together([Promise.reject(new Error('no')), slow])).rejects.toThrow('no')
    expect(ended).toBe(true)
  })
})
