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
  host: DatabaseHost,
  database: string,
): Promise<readonly Checkpoint[]> {
  const all = await allCheckpoints(host)
  return all
    .filter((found) => found.database === database)
    .map(({ name, hop, step, before }) => ({ name, hop, step, before }))
    .sort((a, b) => a.hop - b.hop || a.step - b.step)
}

/** The checkpoints of all databases. */
export async function allCheckpoints({
  cluster,
}: DatabaseHost): Promise<readonly (Checkpoint & { readonly database: string })[]> {
  return administer(cluster, async (session) => {
    const { rows } = await session.query<{ name: string; text: string }>(sql`
      SELECT datname AS name, pg_catalog.shobj_description(oid, 'pg_database') AS text
        FROM pg_catalog.pg_database
       WHERE pg_catalog.shobj_description(oid, 'pg_database') LIKE ${`${MARK} %`}`)
    return rows.flatMap(({ name, text }) => readFacts(name, text))
  })
}

function nameOf(database: string, at: Pick<Checkpoint, 'hop' | 'step'>): string {
  return `${database.slice(0, LONGEST_BASE)}_ckpt_${at.hop + 1}_${at.step + 1}`
}

type Facts = Omit<Checkpoint, 'name'> & { readonly database: string }

/** Who owns a database can comment on it: only a name that fits is believed. */
function readFacts(name: string, text: string): readonly (Facts & { readonly name: string })[] {
  try {
    const { database, hop, step, before }: Partial<Facts> = JSON.parse(text.slice(MARK.length + 1))
    if (typeof database !== 'string' || typeof before !== 'string') return []
    if (typeof hop !== 'number' || typeof step !== 'number') return []
    return nameOf(database, { hop, step }) === name ? [{ name, database, hop, step, before }] : []
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
