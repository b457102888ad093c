import { raw, type Session } from '../../db/index.js'
import {
  type GuestAnswer,
  GuestError,
  type GuestOperations,
  type GuestValue,
} from '../values/index.js'

export interface SqlOperationsOptions {
  /** Inside the step's transaction, which no statement can end. */
  readonly session: Session
  /** What a script's own commit does. */
  readonly commit: () => Promise<void>
  /** Undoes what the script did since its last commit. */
  readonly rollback: () => Promise<void>
}

const NOTHING: GuestAnswer = { kind: 'value', value: null }

/**
 * A script's access to the database: `sql`, `begin`, `commit`, `rollback`, `copy_in`, `copy_out`,
 * `server_version`, `dbname`.
 */
export function sqlOperations({
  session,
  commit,
  rollback,
}: SqlOperationsOptions): GuestOperations {
  return {
    sql: async ([text]) => ({ kind: 'result', result: await session.send(textOf(text)) }),
    begin: async () => NOTHING,
    commit: async () => {
      await commit()
      return NOTHING
    },
    rollback: async () => {
      await rollback()
      return NOTHING
    },
    copy_in: async ([text, data]) => {
      const value = await session.copyIn(raw(textOf(text)), oneChunk(textOf(data)))
      return { kind: 'value', value }
    },
    copy_out: async ([text]) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of session.copyOut(raw(textOf(text)))) chunks.push(chunk)
      return { kind: 'value', value: Buffer.concat(chunks).toString('utf8') }
    },
    server_version: async () => ({ kind: 'value', value: session.serverVersion }),
    dbname: async () => ({ kind: 'value', value: session.database }),
  }
}

async function* oneChunk(data: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(data, 'utf8')
}

function textOf(value: GuestValue | undefined): string {
  if (typeof value === 'string') return value
  throw new GuestError('type', `A statement is a text, not ${String(value)}`)
}
