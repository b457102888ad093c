import { id, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import { domainSql, withArchived } from '../domain/domain-sql.js'
import { needsOdoo } from '../guest-errors.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { fieldDomain } from '../select/field-domain.js'
import { fieldOf, placeOf, resolvePath } from '../select/place.js'
import { oneToMany } from '../select/relation-shape.js'
import { scalar } from '../select/scalar.js'
import type { ListCommands } from './commands.js'
import { create } from './create.js'
import type { RecordValues } from './record-values.js'
import { unlink } from './unlink.js'
import { type RowValues, writeRows } from './write.js'

/** What happens to the lines of all rows together. */
interface LineWork {
  readonly created: RecordValues[]
  readonly updated: RowValues[]
  readonly deleted: Set<number>
  readonly dropped: Set<number>
  /** Owner of each line that is linked. */
  readonly linked: Map<number, number>
  /** Records whose other lines go, with the lines they keep. */
  readonly replaced: Map<number, Set<number>>
}

/** Executes commands of a one2many; lines that lose their owner are deleted where they cannot be without one. */
export async function writeLines(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
  rows: readonly ListCommands[],
): Promise<void> {
  const shape = oneToMany(schema, field)
  const comodel = await scope.catalog.model(shape.model)
  const inverse = fieldOf(comodel, shape.inverse)
  if (inverse.kind === 'none') throw needsOdoo(shape.model, shape.inverse)
  const work = workOf(rows, (owner, values) => withOwner(schema, inverse, owner, values))
  for (const one of await replacedLines(scope, schema, field, work)) work.dropped.add(one)
  await unlink(scope, shape.model, [...work.deleted])
  await drop(scope, comodel, inverse, [...work.dropped])
  await writeRows(scope, shape.model, work.updated)
  await writeRows(
    scope,
    shape.model,
    [...work.linked].map(([line, owner]) => ({
      ids: [line],
      values: new Map([[shape.inverse, owner]]),
    })),
  )
  await create(scope, shape.model, work.created)
}

function withOwner(
  schema: ModelSchema,
  inverse: FieldSchema,
  owner: number,
  values: RecordValues,
): RecordValues {
  const all = new Map<string, GuestValue>([...values, [inverse.name, owner]])
  if (inverse.modelField !== undefined) all.set(inverse.modelField, schema.model)
  return all
}

function workOf(
  rows: readonly ListCommands[],
  owned: (owner: number, values: RecordValues) => RecordValues,
): LineWork {
  const work: LineWork = {
    created: [],
    updated: [],
    deleted: new Set(),
    dropped: new Set(),
    linked: new Map(),
    replaced: new Map(),
  }
  for (const { ids, commands } of rows) {
    for (const command of commands) {
      switch (command.kind) {
        case 'create':
          for (const owner of ids) work.created.push(owned(owner, command.values))
          break
        case 'update':
          work.updated.push({ ids: [command.id], values: command.values })
          break
        case 'delete':
          work.deleted.add(command.id)
          break
        case 'unlink':
          work.dropped.add(command.id)
          work.linked.delete(command.id)
          break
        case 'link':
          link(work, ids, [command.id])
          break
        case 'clear':
          for (const owner of ids) work.replaced.set(owner, new Set())
          break
        case 'set':
          for (const owner of ids) work.replaced.set(owner, new Set(command.ids))
          link(work, ids, command.ids)
      }
    }
  }
  return work
}

/** A line has one owner: the last record wins, as in Odoo. */
function link(work: LineWork, owners: readonly number[], lines: readonly number[]): void {
  const owner = owners.at(-1)
  if (owner === undefined) return
  for (const line of lines) {
    work.linked.set(line, owner)
    work.dropped.delete(line)
  }
}

/** The lines that owners have now and do not keep. */
async function replacedLines(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
  work: LineWork,
): Promise<readonly number[]> {
  if (work.replaced.size === 0) return []
  const shape = oneToMany(schema, field)
  const all = withArchived(scope)
  const comodel = await scope.catalog.model(shape.model)
  const place = placeOf(comodel)
  const key = await scalar(all, await resolvePath(all, place, [shape.inverse]))
  const domain = fieldDomain(schema, field, fieldOf(comodel, shape.inverse))
  const where = await domainSql(all, place, domain ?? [])
  const { rows } = await scope.session.query<{ id: number; owner: number }>(sql`
    SELECT ${id(place.alias, 'id')} AS id, ${key} AS owner ${place.from.sql}
     WHERE ${key} = ANY(${[...work.replaced.keys()]}::int[]) AND ${where}`)
  return rows
    .filter((row) => !work.replaced.get(row.owner)?.has(row.id) && !work.linked.has(row.id))
    .map((row) => row.id)
}

async function drop(
  scope: OrmScope,
  comodel: ModelSchema,
  inverse: FieldSchema,
  lines: readonly number[],
): Promise<void> {
  const mustHaveOwner = inverse.onDelete === 'cascade' || inverse.type !== 'many2one'
  if (mustHaveOwner) await unlink(scope, comodel.model, lines)
  else
    await writeRows(scope, comodel.model, [
      { ids: lines, values: new Map([[inverse.name, false]]) },
    ])
}
