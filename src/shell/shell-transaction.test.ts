import { describe, expect, test } from 'vitest'
import { engines, useEngine } from '../../test/support/engines.js'
import { raw, type Session } from '../db/index.js'
import { ShellTransaction } from './shell-transaction.js'

type Word = 'insert' | 'fail' | 'commit' | 'rollback' | 'mark' | 'undo'

/** What is done, whether commits are allowed, and the rows that are seen at the end and afterwards. */
const cases: readonly {
  readonly name: string
  readonly commits: boolean
  readonly words: readonly Word[]
  readonly seen: number
  readonly stay: number
}[] = [
  {
    name: 'nothing stays without a commit',
    commits: true,
    words: ['insert', 'insert'],
    seen: 2,
    stay: 0,
  },
  {
    name: 'a commit that is allowed stays',
    commits: true,
    words: ['insert', 'commit', 'insert'],
    seen: 2,
    stay: 1,
  },
  {
    name: 'a commit that is not allowed keeps nothing',
    commits: false,
    words: ['insert', 'commit', 'insert', 'commit'],
    seen: 2,
    stay: 0,
  },
  {
    name: 'a rollback goes back to the last commit, allowed or not',
    commits: false,
    words: ['insert', 'commit', 'insert', 'rollback', 'insert'],
    seen: 2,
    stay: 0,
  },
  {
    name: 'a rollback without a commit undoes everything',
    commits: false,
    words: ['insert', 'insert', 'rollback'],
    seen: 0,
    stay: 0,
  },
  {
    name: 'a statement is undone alone',
    commits: false,
    words: ['mark', 'insert', 'mark', 'insert', 'fail', 'undo', 'mark', 'insert'],
    seen: 2,
    stay: 0,
  },
  {
    name: 'a statement that has committed is undone as far as it has not',
    commits: true,
    words: ['mark', 'insert', 'commit', 'insert', 'fail', 'undo', 'mark', 'insert'],
    seen: 2,
    stay: 1,
  },
  {
    name: 'the same where commits are not allowed',
    commits: false,
    words: ['mark', 'insert', 'commit', 'insert', 'fail', 'undo', 'mark', 'insert', 'rollback'],
    seen: 1,
    stay: 0,
  },
]

async function perform(session: Session, shell: ShellTransaction, word: Word): Promise<void> {
  if (word === 'insert') return session.execute(raw('INSERT INTO shell_rows VALUES (1)'))
  if (word === 'fail') {
    await expect(session.execute(raw('SELECT nothing'))).rejects.toThrow('nothing')
    return
  }
  const name = word === 'mark' || word === 'undo' ? `shell.${word}` : word
  await shell.operations()[name]?.([], new Map())
}

async function rows(session: Session): Promise<number> {
  return (await session.query(raw('SELECT 1 FROM shell_rows'))).count
}

describe.each(await engines())('the transaction of a prompt ($name)', (engine) => {
  const cluster = useEngine(engine)

  test.skipIf(engine.unavailable !== undefined).each(cases)(
    '$name',
    async ({ commits, words, seen, stay }) => {
      const counts = await cluster().withSession(cluster().maintenanceDatabase, async (session) => {
        await session.execute(raw('CREATE TABLE shell_rows (n int)'))
        const transaction = new ShellTransaction(session, commits, () => {})
        await transaction.begin()
        for (const word of words) await perform(session, transaction, word)
        const inside = await rows(session)
        await transaction.end()
        const after = await rows(session)
        await session.execute(raw('DROP TABLE shell_rows'))
        return { seen: inside, stay: after }
      })
      expect(counts).toEqual({ seen, stay })
    },
  )
})
