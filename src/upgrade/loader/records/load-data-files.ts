import { raw, sql } from '../../../db/index.js'
import type { DataFile, XmlDataFile, XmlField } from '../../../odoo/data/index.js'
import { passBarrier } from './barriers/pass-barrier.js'
import { searchValues } from './barriers/search-values.js'
import type { FieldValue } from './pending-record.js'
import { planCsv } from './planning/csv-planner.js'
import { FilePlanner } from './planning/file-planner.js'
import { mentioned } from './planning/mentioned-ids.js'
import { namedRecords } from './planning/named-records.js'
import { ClearPending, RecordPlanner } from './planning/record-planner.js'
import type { RecordsTurn } from './records-turn.js'
import { writePending } from './writing/write-pending.js'
import { UnlearntXmlId } from './xml-id-store.js'

/** A data file, and whether its records are guarded where it does not say. */
export interface GivenFile {
  readonly file: DataFile
  readonly noupdate: boolean
}

/** Loads the data files of a module, in order. */
export async function loadDataFiles(files: readonly GivenFile[], turn: RecordsTurn): Promise<void> {
  const { session } = turn.scope
  const {
    xmlIds,
    files: paths,
    models,
  } = mentioned(
    turn.module,
    files.map(({ file }) => file),
  )
  await turn.files.read(paths)
  await turn.xmlIds.learn(session, turn.hop.registry, xmlIds)
  await learnDelegates(models, xmlIds, turn)
  const planner = new RecordPlanner(turn)
  for (const { file, noupdate } of files) {
    for (const finding of file.findings) turn.scope.addFinding(finding)
    if (file.kind === 'sql') {
      await writePending(turn)
      await session.execute(raw(file.text))
    } else if (file.kind === 'csv') {
      const named = await namedRecords(file, turn)
      await learning(turn, () => planCsv(file, noupdate, { turn, planner, named }))
    } else if (file.kind === 'xml') {
      await loadXml(file, noupdate, planner, turn)
    }
  }
  await writePending(turn)
}

async function loadXml(
  file: XmlDataFile,
  noupdate: boolean,
  planner: RecordPlanner,
  turn: RecordsTurn,
): Promise<void> {
  const known = new Map<XmlField, FieldValue>()
  const plan = new FilePlanner(turn, planner, file, noupdate, known)
  for (const operation of file.operations) {
    if (operation.kind === 'record') await searchValues(operation, known, turn)
    const barrier = await learning(turn, () => plan.plan(operation))
    if (barrier !== undefined) await passBarrier(barrier, turn)
  }
}

/** Looks up external identifiers that nobody saw coming, and tries again. */
async function learning<T>(turn: RecordsTurn, body: () => T): Promise<T> {
  for (;;) {
    try {
      return body()
    } catch (error) {
      if (error instanceof ClearPending) {
        await writePending(turn)
        turn.xmlIds.unlearn(error.model)
        continue
      }
      if (!(error instanceof UnlearntXmlId)) throw error
      await turn.xmlIds.learn(turn.scope.session, turn.hop.registry, [error.xmlId])
    }
  }
}

/** Which parents the records delegate to that the files may write. */
async function learnDelegates(
  models: ReadonlySet<string>,
  xmlIds: ReadonlySet<string>,
  { hop, scope, xmlIds: store, delegates }: RecordsTurn,
): Promise<void> {
  const ids = new Map<string, number[]>()
  for (const xmlId of xmlIds) {
    const target = store.find(xmlId)
    if (target === undefined || !models.has(target.model)) continue
    ids.set(target.model, [...(ids.get(target.model) ?? []), target.id])
  }
  for (const [name, numbers] of ids) {
    const model = hop.registry.models.get(name)
    if (model === undefined || model.inherits.size === 0) continue
    const links = [...model.inherits.values()]
    const { rows } = await scope.session.query<{ id: number; row: Record<string, number | null> }>(
      sql`SELECT t.id, to_jsonb(t) AS row FROM ${raw(`"${model.table}"`)} t WHERE t.id = ANY(${numbers}::int[])`,
    )
    for (const { id, row } of rows) {
      const found = links.flatMap((link): readonly (readonly [string, number])[] => {
        const parent = row[link]
        return typeof parent === 'number' ? [[link, parent]] : []
      })
      delegates.set(`${name} ${id}`, new Map(found))
    }
  }
}
