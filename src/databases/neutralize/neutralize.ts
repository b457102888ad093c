import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, type Finding, UserError } from '../../base/index.js'
import { firstRow, raw, type Session, type Sql, sql } from '../../db/index.js'
import { locateModules } from '../../odoo/addons/index.js'
import { BUILT_IN_RULES, DUMMY_SERVER } from './built-in-rules.js'
import { type CredentialColumn, findCredentials } from './credentials.js'
import { readSchemaFacts, type SchemaFacts } from './schema-facts.js'

export interface NeutralizeOptions {
  /** Folders of modules, or source trees; their `data/neutralize.sql` files go before built-in rules. */
  readonly addonsPath?: readonly string[]
}

/** What was done for one module. */
export interface NeutralizedModule {
  readonly module: string
  /** The module's own `data/neutralize.sql`, or moult's rule. */
  readonly source: 'release' | 'built-in'
  readonly statements: number
  /** Rows changed; undefined for a release's file, whose statements run together. */
  readonly rows: number | undefined
}

export interface NeutralizeReport {
  readonly modules: readonly NeutralizedModule[]
  /** Columns that still hold something that looks like a credential. */
  readonly credentials: readonly CredentialColumn[]
  readonly findings: readonly Finding[]
}

/** Odoo neutralises modules in these states: odoo/modules/neutralize.py. */
const STATES = ['installed', 'to upgrade', 'to remove']

/**
 * Makes a copy of a production database harmless: no mails, no scheduled jobs, no payments, no
 * synchronisation. All in one transaction; doing it twice changes nothing more.
 *
 * Errors: NOT_AN_ODOO_DATABASE; NEUTRALIZE_FAILED when a release's own file fails, and then nothing is
 * changed: the database is NOT neutralised.
 */
export async function neutralize(
  session: Session,
  options: NeutralizeOptions = {},
): Promise<NeutralizeReport> {
  const installed = await installedModules(session)
  const files = await neutralizeFiles(options.addonsPath ?? [], installed)
  const schema = await readSchemaFacts(session)
  return session.transaction(async () => {
    const modules: NeutralizedModule[] = []
    for (const module of installed) {
      const file = files.get(module)
      const done = await (file === undefined
        ? applyRules(session, module, schema)
        : applyFile(session, module, file))
      if (done !== undefined) modules.push(done)
    }
    await removeSecondDummies(session, schema)
    const credentials = await findCredentials(session, schema)
    return { modules, credentials, findings: findingsOf(credentials) }
  })
}

async function installedModules(session: Session): Promise<readonly string[]> {
  const known = await firstRow<{ there: boolean }>(
    session,
    sql`SELECT to_regclass('public.ir_module_module') IS NOT NULL AS there`,
  )
  if (known?.there !== true) {
    throw new UserError(
      'NOT_AN_ODOO_DATABASE',
      `"${session.database}" has no table ir_module_module`,
      { hint: 'Only databases of Odoo can be neutralised.' },
    )
  }
  const { rows } = await session.query<{ name: string }>(
    sql`SELECT name FROM public.ir_module_module WHERE state = ANY(${STATES}) ORDER BY name`,
  )
  return rows.map((row) => row.name)
}

interface ReleaseFile {
  readonly path: string
  readonly text: string
}

async function neutralizeFiles(
  addonsPath: readonly string[],
  modules: readonly string[],
): Promise<ReadonlyMap<string, ReleaseFile>> {
  if (addonsPath.length === 0) return new Map()
  const folders = await locateModules(addonsPath)
  const found = await Promise.all(
    modules.map(async (module) => {
      const folder = folders.get(module)
      if (folder === undefined) return []
      const path = join(folder, 'data', 'neutralize.sql')
      const text = await readOptional(path)
      return text === undefined ? [] : [[module, { path, text }] as const]
    }),
  )
  return new Map(found.flat())
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function applyFile(
  session: Session,
  module: string,
  file: ReleaseFile,
): Promise<NeutralizedModule> {
  try {
    await session.execute(raw(file.text))
  } catch (error) {
    throw new UserError('NEUTRALIZE_FAILED', `THE DATABASE IS NOT NEUTRALISED: ${module} failed`, {
      cause: error,
      place: { file: file.path },
      hint: 'The source tree must be of the same release as the database. Without --addons-path the built-in rules are used.',
    })
  }
  return { module, source: 'release', statements: 1, rows: undefined }
}

async function applyRules(
  session: Session,
  module: string,
  schema: SchemaFacts,
): Promise<NeutralizedModule | undefined> {
  const statements: Sql[] = BUILT_IN_RULES.filter((rule) => rule.module === module).flatMap(
    (rule) => rule.statements(schema),
  )
  if (statements.length === 0) return undefined
  let rows = 0
  for (const statement of statements) rows += (await session.query(statement)).count
  return { module, source: 'built-in', statements: statements.length, rows }
}

/** The releases' own file inserts its dummy server at every run. */
async function removeSecondDummies(session: Session, schema: SchemaFacts): Promise<void> {
  if (!schema.has('ir_mail_server', 'name')) return
  await session.query(sql`
    DELETE FROM public.ir_mail_server
     WHERE name = ${DUMMY_SERVER}
       AND id > (SELECT min(id) FROM public.ir_mail_server WHERE name = ${DUMMY_SERVER})`)
}

function findingsOf(credentials: readonly CredentialColumn[]): readonly Finding[] {
  if (credentials.length === 0) return []
  const shown = credentials.map(({ table, column, rows }) => `${table}.${column} (${rows})`)
  return [
    {
      code: 'CREDENTIALS_LEFT',
      severity: 'info',
      message: `Columns that look like credentials and still hold values: ${shown.join(', ')}`,
      hint: 'Passwords of users stay on purpose. Check the others before you hand the copy out.',
      data: { credentials },
    },
  ]
}
