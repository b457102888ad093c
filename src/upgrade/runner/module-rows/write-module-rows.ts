import { raw, type Session, type Sql, sql } from '../../../db/index.js'
import type { ModuleRow } from '../../../odoo/modules/index.js'
import { readModuleColumns } from './module-columns.js'
import { type FactColumn, factColumns, factValues, type ModuleFacts } from './module-facts.js'

/** A module's row as it is to be, with what its manifest tells. */
export interface WantedRow {
  readonly row: ModuleRow
  /** Undefined for a module that is not on disk: its descriptions stay. */
  readonly facts: ModuleFacts | undefined
}

/**
 * Makes the module table what the release's list says, in a fixed number of statements. Versions are not
 * written here; rows are neither renamed nor removed.
 */
export async function writeModuleRows(
  session: Session,
  wanted: readonly WantedRow[],
): Promise<void> {
  const given = await recordsOf(session, wanted)
  const { columns, records, record } = given
  await insertRows(session, given)
  const assignments = [
    'state = n.state',
    'auto_install = n.auto_install',
    'demo = n.demo',
    ...columns.map(
      ({ name, mergedValue }) =>
        `${name} = CASE WHEN n.described THEN ${mergedValue} ELSE m.${name} END`,
    ),
  ]
  const columnsAndValues = assignments.map((assignment) => {
    const at = assignment.indexOf(' = ')
    return [assignment.slice(0, at), assignment.slice(at + 3)] as const
  })
  const before = columnsAndValues.map(([column]) => `m.${column}`).join(', ')
  const after = columnsAndValues.map(([, value]) => value).join(', ')
  await session.query(sql`
    UPDATE ir_module_module m SET write_uid = 1, write_date = now() AT TIME ZONE 'UTC', ${raw(assignments.join(', '))}
      FROM jsonb_to_recordset(${records}::jsonb) AS n(${record})
     WHERE m.name = n.name AND ROW(${raw(before)}) IS DISTINCT FROM ROW(${raw(after)})`)
  await writeDependencies(session, wanted)
  await writeExclusions(session, wanted)
}

/** The table's columns, and the rows as a set of records `n`. */
interface RowRecords {
  readonly columns: readonly FactColumn[]
  readonly records: string
  readonly record: Sql
}

async function recordsOf(session: Session, wanted: readonly WantedRow[]): Promise<RowRecords> {
  const records = JSON.stringify(
    wanted.map(({ row, facts }) => ({
      name: row.name,
      state: row.state,
      auto_install: row.autoInstall,
      demo: row.demo,
      described: facts !== undefined,
      ...(facts !== undefined && factValues(facts)),
    })),
  )
  const columns = factColumns(await readModuleColumns(session))
  const record = raw(
    ['name text', 'state text', 'auto_install boolean', 'demo boolean', 'described boolean']
      .concat(columns.map(({ name, recordType }) => `${name} ${recordType}`))
      .join(', '),
  )
  return { columns, records, record }
}

/** Adds the modules that the table does not have, with their external identifiers. */
export async function addModuleRows(session: Session, wanted: readonly WantedRow[]): Promise<void> {
  await insertRows(session, await recordsOf(session, wanted))
}

async function insertRows(
  session: Session,
  { columns, records, record }: RowRecords,
): Promise<void> {
  const names = columns.map(({ name }) => name)
  await session.query(sql`
    WITH added AS (
      INSERT INTO ir_module_module (${raw(['create_uid, create_date, write_uid, write_date, name, state, auto_install, demo, to_buy', ...names].join(', '))})
      SELECT ${raw(["1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC', n.name, n.state, n.auto_install, n.demo, false", ...columns.map(({ value }) => value)].join(', '))}
        FROM jsonb_to_recordset(${records}::jsonb) AS n(${record})
       WHERE NOT EXISTS (SELECT FROM ir_module_module m WHERE m.name = n.name)
       ORDER BY n.name COLLATE "C"
      RETURNING id, name)
    INSERT INTO ir_model_data (create_uid, create_date, write_uid, write_date, module, name, model, res_id, noupdate)
    SELECT 1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC', 'base', 'module_' || name,
           'ir.module.module', id, true
      FROM added ORDER BY id
    ON CONFLICT DO NOTHING`)
}

/** Who wrote them and when stays empty, as in Odoo; a new database has no columns for it from 16 on. */
async function writeDependencies(session: Session, wanted: readonly WantedRow[]): Promise<void> {
  const described = wanted.filter(({ facts }) => facts !== undefined)
  const pairs = JSON.stringify(
    described.flatMap(({ row }) =>
      row.dependencies.map(({ name, autoInstallRequired }, position) => ({
        module: row.name,
        name,
        required: autoInstallRequired,
        position,
      })),
    ),
  )
  const modules = described.map(({ row }) => row.name)
  await session.query(sql`
    DELETE FROM ir_module_module_dependency d
     USING ir_module_module m
     WHERE d.module_id = m.id AND m.name = ANY(${modules}::text[])
       AND NOT EXISTS (SELECT FROM jsonb_to_recordset(${pairs}::jsonb) AS n(module text, name text)
                        WHERE n.module = m.name AND n.name = d.name)`)
  await session.query(sql`
    INSERT INTO ir_module_module_dependency (module_id, name, auto_install_required)
    SELECT m.id, n.name, n.required
      FROM jsonb_to_recordset(${pairs}::jsonb) AS n(module text, name text, required boolean, position integer)
      JOIN ir_module_module m ON m.name = n.module
     WHERE NOT EXISTS (SELECT FROM ir_module_module_dependency d
                        WHERE d.module_id = m.id AND d.name = n.name)
     ORDER BY m.id, n.position`)
  await session.query(sql`
    UPDATE ir_module_module_dependency d SET auto_install_required = n.required
      FROM jsonb_to_recordset(${pairs}::jsonb) AS n(module text, name text, required boolean)
      JOIN ir_module_module m ON m.name = n.module
     WHERE d.module_id = m.id AND d.name = n.name
       AND d.auto_install_required IS DISTINCT FROM n.required`)
}

async function writeExclusions(session: Session, wanted: readonly WantedRow[]): Promise<void> {
  const described = wanted.filter(({ facts }) => facts !== undefined)
  const pairs = JSON.stringify(
    described.flatMap(({ row }) => row.exclusions.map((name) => ({ module: row.name, name }))),
  )
  const modules = described.map(({ row }) => row.name)
  await session.query(sql`
    DELETE FROM ir_module_module_exclusion e
     USING ir_module_module m
     WHERE e.module_id = m.id AND m.name = ANY(${modules}::text[])
       AND NOT EXISTS (SELECT FROM jsonb_to_recordset(${pairs}::jsonb) AS n(module text, name text)
                        WHERE n.module = m.name AND n.name = e.name)`)
  await session.query(sql`
    INSERT INTO ir_module_module_exclusion (create_uid, create_date, write_uid, write_date, module_id, name)
    SELECT 1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC', m.id, n.name
      FROM jsonb_to_recordset(${pairs}::jsonb) AS n(module text, name text)
      JOIN ir_module_module m ON m.name = n.module
     WHERE NOT EXISTS (SELECT FROM ir_module_module_exclusion e
                        WHERE e.module_id = m.id AND e.name = n.name)
     ORDER BY m.id, n.name`)
}
