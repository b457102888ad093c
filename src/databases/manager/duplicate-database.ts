import type { Finding, Progress } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import { type NeutralizeReport, neutralize } from '../neutralize/index.js'
import { type DatabaseHost, filestoreOf } from './database-host.js'
import { checkDatabaseName } from './database-name.js'
import { copyFilestore, type FilestoreMode } from './filestore.js'
import { resetIdentity, type Whereabouts } from './identity.js'
import { ownerOf } from './owner.js'
import { administer, createDatabase, letIn, requireDatabase, shutOut } from './server-statements.js'
import { withStaging } from './staging.js'

export interface DuplicateOptions {
  /** End the sessions of others on the source instead of refusing. */
  readonly force?: boolean
  readonly neutralize?: boolean
  /** Source trees or addons folders with the release's own neutralisation. */
  readonly addonsPath?: readonly string[]
  readonly withoutFilestore?: boolean
  readonly filestoreMode?: FilestoreMode
  /** `copy` (default) gives the duplicate its own identity. */
  readonly whereabouts?: Whereabouts
  /** Runs in the complete database before it gets its name. */
  readonly beforeNaming?: (session: Session) => Promise<void>
}

export interface DuplicateReport {
  readonly database: string
  readonly uuid: string | undefined
  readonly neutralized: NeutralizeReport | undefined
  readonly findings: readonly Finding[]
}

/**
 * Copies a database, with its filestore; the copy has its own identity and, on request, is neutralised
 * before anybody can see it.
 *
 * Errors: DATABASE_NAME_INVALID, DATABASE_UNKNOWN, DATABASE_EXISTS, DATABASE_HAS_SESSIONS, FILESTORE_EXISTS,
 * NEUTRALIZE_FAILED.
 */
export async function duplicateDatabase(
  host: DatabaseHost,
  names: { readonly from: string; readonly to: string },
  progress: Progress,
  options: DuplicateOptions = {},
): Promise<DuplicateReport> {
  const { from, to } = names
  checkDatabaseName(to)
  const { cluster } = host
  const sourceLock = await cluster.lock(from, `duplicate ${from} to ${to}`)
  try {
    return await withStaging(
      host,
      { name: to, operation: `duplicate ${from} to ${to}` },
      async (staging) => {
        await progress.step(`Copying "${from}"`, { unit: 'databases', total: 1 }, async (step) => {
          await administer(cluster, async (session) => {
            await requireDatabase(cluster, session, from)
            await shutOut(session, from, options.force ?? false)
            try {
              const owner = await ownerOf(session, from)
              await createDatabase(session, {
                name: staging.database,
                template: from,
                ...(owner !== undefined && { owner }),
              })
            } finally {
              await letIn(session, from)
            }
          })
          step.advance(1)
        })
        if (options.withoutFilestore !== true) {
          const mode = options.filestoreMode ?? 'copy'
          await copyFilestore(filestoreOf(host, from), staging.filestore, mode, progress)
        }
        return cluster.withSession(staging.database, async (session) => {
          const uuid = options.whereabouts === 'moved' ? undefined : await resetIdentity(session)
          const neutralized = options.neutralize ? await neutralize(session, options) : undefined
          await options.beforeNaming?.(session)
          return { database: to, uuid, neutralized, findings: neutralized?.findings ?? [] }
        })
      },
    )
  } finally {
    await sourceLock.release()
  }
}
