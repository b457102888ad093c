import { id, sql } from '../../../db/index.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { manyToMany } from '../select/relation-shape.js'
import type { ListCommand, ListCommands } from './commands.js'
import { create } from './create.js'
import { unlink } from './unlink.js'
import { type RowValues, writeRows } from './write.js'

/** What a many2many becomes: everything else than `added` goes when `replaced`. */
interface Outcome {
  replaced: boolean
  readonly added: Set<number>
  readonly removed: Set<number>
}

/** Executes commands of a many2many. A record that is created belongs to all records of its row. */
export async function writeLinks(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
  rows: readonly ListCommands[],
): Promise<void> {
  const shape = manyToMany(schema, field)
  const made = await createAll(scope, shape.model, rows)
  const updated: RowValues[] = []
  const deleted: number[] = []
  const outcomes = rows.map(({ ids, commands }, at) => {
    const outcome: Outcome = { replaced: false, added: new Set(), removed: new Set() }
    let next = 0
    for (const command of commands) {
      if (command.kind === 'create') outcome.added.add(made[at]?.[next++] ?? 0)
      else if (command.kind === 'update')
        updated.push({ ids: [command.id], values: command.values })
      else if (command.kind === 'delete') deleted.push(command.id)
      else follow(outcome, command)
    }
    return { ids, ...outcome }
  })
  await writeRows(scope, shape.model, updated)
  await unlink(scope, shape.model, [...new Set(deleted)])
  await writePairs(scope, shape, outcomes)
}

function follow(
  outcome: Outcome,
  command: Extract<ListCommand, { kind: 'unlink' | 'link' | 'clear' | 'set' }>,
): void {
  switch (command.kind) {
    case 'link':
      outcome.added.add(command.id)
      outcome.removed.delete(command.id)
      return
    case 'unlink':
      outcome.added.delete(command.id)
      outcome.removed.add(command.id)
      return
    case 'clear':
    case 'set':
      outcome.replaced = true
      outcome.removed.clear()
      outcome.added.clear()
      for (const one of command.kind === 'set' ? command.ids : []) outcome.added.add(one)
  }
}

/** All records that commands create, in one call; by row. */
async function createAll(
  scope: OrmScope,
  model: string,
  rows: readonly ListCommands[],
): Promise<readonly (readonly number[])[]> {
  const values = rows.map(({ commands }) =>
    commands.flatMap((command) => (command.kind === 'create' ? [command.values] : [])),
  )
  const ids = await create(scope, model, values.flat())
  let at = 0
  return values.map((some) => {
    at += some.length
    return ids.slice(at - some.length, at)
  })
}

interface Pairs extends Outcome {
  readonly ids: readonly number[]
}

async function writePairs(
  scope: OrmScope,
  shape: ReturnType<typeof manyToMany>,
  rows: readonly Pairs[],
): Promise<void> {
  const own = id('r', shape.own)
  const other = id('r', shape.other)
  const replaced = rows.flatMap((row) => (row.replaced ? row.ids : []))
  const added = pairsOf(rows, ({ added: some }) => some)
  const removed = pairsOf(rows, ({ removed: some }) => some)
  if (replaced.length > 0) {
    await scope.session.query(sql`
      DELETE FROM ${id(shape.table)} r WHERE ${own} = ANY(${replaced}::int[])
         AND NOT EXISTS (SELECT FROM ${added} WHERE v.own = ${own} AND v.other = ${other})`)
  }
  if (rows.some((row) => row.removed.size > 0)) {
    await scope.session.query(sql`
      DELETE FROM ${id(shape.table)} r USING ${removed} WHERE v.own = ${own} AND v.other = ${other}`)
  }
  if (rows.every((row) => row.added.size === 0)) return
  await scope.session.query(sql`
    INSERT INTO ${id(shape.table)} (${id(shape.own)}, ${id(shape.other)})
    SELECT v.own, v.other FROM ${added}
     WHERE NOT EXISTS (SELECT FROM ${id(shape.table)} r WHERE ${own} = v.own AND ${other} = v.other)`)
}

function pairsOf(rows: readonly Pairs[], of: (row: Pairs) => ReadonlySet<number>) {
  const pairs = rows.flatMap((row) =>
    [...new Set(row.ids)].flatMap((own) => [...of(row)].map((other) => [own, other] as const)),
  )
  return sql`unnest(${pairs.map(([own]) => own)}::int[], ${pairs.map(([, other]) => other)}::int[]) AS v(own, other)`
}
