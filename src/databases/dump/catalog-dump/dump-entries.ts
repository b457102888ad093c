import { type Finding, Findings } from '../../../base/index.js'
import type { Session } from '../../../db/index.js'
import type { DumpEntry } from '../dump-entry.js'
import { readAggregates } from './aggregates.js'
import { assembleEntries } from './assemble-entries.js'
import { readCompanions, readEdges } from './catalog-edges.js'
import { type CatalogSource, openCatalog } from './catalog-source.js'
import { readCollations } from './collations.js'
import { draftViewDefaults } from './column-defaults.js'
import { readComments } from './comments.js'
import { draftCompositeTypes } from './composite-types.js'
import { readDomains } from './domains.js'
import type { Draft } from './draft.js'
import { linkDrafts } from './draft-graph.js'
import { applyDumpSettings, withBareNames } from './dump-settings.js'
import { readEnums } from './enums.js'
import { readExtendedStatistics } from './extended-statistics.js'
import { readExtensionData } from './extension-data.js'
import { readExtensions } from './extensions.js'
import { readForeignKeys } from './foreign-keys.js'
import { readFunctions } from './functions.js'
import { draftIndexAttachments, readIndexes } from './indexes.js'
import { reportLeftOutComments, reportLeftOutDetails } from './left-out-details.js'
import { lockTables } from './lock-tables.js'
import { readPolicies } from './policies.js'
import { together } from './query-queue.js'
import { readRangeTypes } from './range-types.js'
import { orderRefreshes } from './refresh-order.js'
import { ofKind, type Relations, readRelations } from './relations.js'
import { readRules } from './rules.js'
import { readSchemas } from './schemas.js'
import { readSequenceValues } from './sequence-values.js'
import { readSequences } from './sequences.js'
import { draftTableData } from './table-data.js'
import { readTables } from './tables.js'
import { readTriggers } from './triggers.js'
import { refuseUnsupported } from './unsupported-objects.js'
import { readViews } from './views.js'

export interface CatalogDumpOptions {
  /** Tables whose rows are left out, as `schema.table` without quotes. */
  readonly excludeTableData?: ReadonlySet<string>
}

export interface CatalogDump {
  /** In an order that loads, as pg_dump would write them without owners and privileges. */
  readonly entries: readonly DumpEntry[]
  readonly findings: readonly Finding[]
}

/**
 * Describes a whole database without pg_dump. Runs inside the caller's REPEATABLE READ READ ONLY
 * transaction, in which the entries' rows must be read as well, one table after the other.
 *
 * What the dump cannot write is refused with BUILTIN_DUMP_UNSUPPORTED, never left out.
 */
export async function dumpEntries(
  session: Session,
  options: CatalogDumpOptions = {},
): Promise<CatalogDump> {
  await applyDumpSettings(session)
  const findings = new Findings()
  const entries = await withBareNames(session, async () => {
    const source = await openCatalog(session, findings)
    await refuseUnsupported(source)
    await lockTables(source)
    return readEntries(source, options.excludeTableData ?? new Set())
  })
  return { entries, findings: findings.list() }
}

async function readEntries(
  source: CatalogSource,
  excluded: ReadonlySet<string>,
): Promise<DumpEntry[]> {
  const relations = await readRelations(source)
  const [edges, companions, comments, , ...drafts] = await together([
    readEdges(source),
    readCompanions(source),
    readComments(source, relations),
    reportLeftOutDetails(source),
    ...draftsOf(source, relations, excluded),
  ])
  const graph = linkDrafts(drafts.flat(), edges, companions)
  reportLeftOutComments(source, comments, (address) => graph.find(address) !== undefined)
  return assembleEntries(orderRefreshes(graph), comments)
}

/** The readers of all kinds of objects, under way. */
function draftsOf(
  source: CatalogSource,
  relations: Relations,
  excluded: ReadonlySet<string>,
): (readonly Draft[] | Promise<readonly Draft[]>)[] {
  return [
    readIndexes(source, relations),
    readViews(source, relations),
    readForeignKeys(source, relations),
    readTables(source, relations),
    readSequences(source, relations),
    readSequenceValues(source, ofKind(relations, 'S')),
    readSchemas(source),
    readExtensions(source),
    readExtensionData(source, excluded),
    readCollations(source),
    readEnums(source),
    readDomains(source),
    readRangeTypes(source),
    readFunctions(source),
    readAggregates(source),
    readExtendedStatistics(source),
    readRules(source, relations),
    readTriggers(source, relations),
    readPolicies(source, relations),
    draftCompositeTypes(relations),
    draftViewDefaults(relations),
    draftTableData(source, relations, excluded),
    draftIndexAttachments(relations),
  ]
}
