import { UserError } from '../../base/index.js'
import { sql } from '../../db/index.js'
import type { DatabaseHost } from './database-host.js'
import { ownerOf } from './owner.js'
import {
  administer,
  createDatabase,
  databaseExists,
  describeDatabase,
  dropDatabase,
} from './server-statements.js'

/** A copy of a database at one moment of an upgrade. */
export interface Checkpoint {
  /** Name of the copy. */
  readonly name: string
  readonly hop: number
  readonly step: number
  /** The step before which it was made, such as `account:pre`. */
  readonly before: string
}

const MARK = 'moult checkpoint'
/** Leaves room for the numbers in PostgreSQL's 63 bytes. */
const LONGEST_BASE = 45

/** Copies a database that nobody is connected to, as it is before a step; replaces an older copy. */
export async function makeCheckpoint(
  { cluster }: DatabaseHost,
  database: string,
  at: Omit<Checkpoint, 'name'>,
): Promise<Checkpoint> {
  const name = nameOf(database, at)
  await administer(cluster, async (session) => {
    const owner = await ownerOf(session, database)
    await dropDatabase(session, name, false)
    await createDatabase(session, {
      name,
      template: database,
      ...(owner !== undefined && { owner }),
    })
    const facts = JSON.stringify({ database, ...at })
    await describeDatabase(session, name, `${MARK} ${facts}`)
  })
  return { name, ...at }
}

/** The checkpoints of a database, oldest step first. */
export async function listCheckpoints(
  { cluster }: DatabaseHost,
  database: string,
): Promise<readonly Checkpoint[]> {
  return administer(cluster, async (session) => {
    const { rows } = await session.query<{ name: string; text: string }>(sql`
      SELECT datname AS name, pg_catalog.shobj_description(oid, 'pg_database') AS text
        FROM pg_catalog.pg_database
       WHERE pg_catalog.shobj_description(oid, 'pg_database') LIKE ${`${MARK} %`}`)
    return rows
      .flatMap(({ name, text }) => readFacts(database, name, text))
      .sort((a, b) => a.hop - b.hop || a.step - b.step)
  })
}

function nameOf(database: string, at: Pick<Checkpoint, 'hop' | 'step'>): string {
  return `${database.slice(0, LONGEST_BASE)}_ckpt_${at.hop + 1}_${at.step + 1}`
}

/** Who owns a database can comment on it: only a name that fits is believed. */
function readFacts(database: string, name: string, text: string): readonly Checkpoint[] {
  try {
    const facts: Partial<Checkpoint & { readonly database: string }> = JSON.parse(
      text.slice(MARK.length + 1),
    )
    const { hop, step, before } = facts
    if (facts.database !== database || typeof before !== 'string') return []
    if (typeof hop !== 'number' || typeof step !== 'number') return []
    return nameOf(database, { hop, step }) === name ? [{ name, hop, step, before }] : []
  } catch {
    return []
  }
}

/**
 * Puts a checkpoint in the place of its database; the checkpoint stays. Killed in between, the checkpoint
 * is still there and the same call mends it.
 */
export async function restoreCheckpoint(
  { cluster }: DatabaseHost,
  database: string,
  checkpoint: Checkpoint,
): Promise<void> {
  await administer(cluster, async (session) => {
    if (!(await databaseExists(session, checkpoint.name))) {
      throw new UserError('CHECKPOINT_UNKNOWN', `The checkpoint "${checkpoint.name}" is gone`, {
        hint: 'Choose another one; "moult status" lists them.',
      })
    }
    const owner = await ownerOf(session, checkpoint.name)
    await dropDatabase(session, database, false)
    await createDatabase(session, {
      name: database,
      template: checkpoint.name,
      ...(owner !== undefined && { owner }),
    })
  })
}

/** Removes checkpoints. */
export async function dropCheckpoints(
  { cluster }: DatabaseHost,
  checkpoints: readonly Checkpoint[],
): Promise<void> {
  await administer(cluster, async (session) => {
    for (const { name } of checkpoints) {
      await dropDatabase(session, name, false)
    }
  })
}
