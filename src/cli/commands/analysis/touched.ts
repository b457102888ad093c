import {
  type CustomReference,
  customReferences,
  type TouchedRows as Measured,
  measureTouched,
  type UpgradeAnalysis,
} from '../../../analysis/index.js'
import type { Findings } from '../../../base/index.js'
import { withWaryReading } from '../../../db/index.js'
import type { ModuleRow } from '../../../odoo/modules/index.js'
import type { CommandContext, GivenOptions } from '../../command.js'
import { textOption } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import {
  modulesOfDatabase,
  modulesOfFile,
  refuseAmbiguous,
  upgradeSource,
} from '../upgrade/upgrade-source.js'

export type TouchedRows = Measured

/** What the changes mean for one database. */
export interface Touched {
  /** Modules of either release that are of concern to it. */
  readonly modules: ReadonlySet<string>
  readonly rows: readonly TouchedRows[]
}

const INSTALLED = new Set(['installed', 'to upgrade', 'to remove'])

interface TouchedRequest {
  readonly options: GivenOptions
  readonly context: CommandContext
  readonly findings: Findings
}

/**
 * Reads the database or backup of `--for`: its modules, and, of a database, how many rows the changes touch.
 *
 * Errors: those of opening it; SOURCE_AMBIGUOUS, NOT_AN_ODOO_DATABASE.
 */
export async function touchedBy(
  analysis: UpgradeAnalysis,
  { options, context, findings }: TouchedRequest,
): Promise<Touched | undefined> {
  const given = textOption(options, 'for')
  if (given === undefined) return undefined
  const source = await upgradeSource({ args: [given], options: {} }, context)
  if (source.kind === 'file') {
    const { rows } = await modulesOfFile(source.file, context)
    findings.add({
      code: 'ROWS_NOT_COUNTED',
      severity: 'info',
      message: `${source.file} is a backup: which modules it has is known, not how many rows are touched`,
      hint: 'Restore it (moult db restore) and name the database to count them.',
    })
    return { modules: concerned(rows, analysis), rows: [] }
  }
  const connection = await connectionOf(options, context, source.url)
  const database = source.name
  const request = { progress: context.progress, operation: `analyze ${database}`, database }
  return withHost(connection, request, async (host) => {
    await refuseAmbiguous(host, source)
    const { rows } = await modulesOfDatabase(host, database)
    const modules = concerned(rows, analysis)
    return host.cluster.withSession(database, (session) =>
      withWaryReading(session, async (reading) => {
        const measured = await measureTouched(reading, analysis.comparison, modules)
        for (const custom of await customReferences(reading, analysis.comparison)) {
          reportCustom(custom, findings)
        }
        return { modules, rows: measured }
      }),
    )
  })
}

/** Installed modules, and what they are called in the new release. */
function concerned(rows: readonly ModuleRow[], { comparison }: UpgradeAnalysis): Set<string> {
  const { renamedModules, mergedModules } = comparison.apriori
  const names = rows.filter(({ state }) => INSTALLED.has(state)).map(({ name }) => name)
  return new Set(
    names.flatMap((name) => [name, renamedModules.get(name) ?? mergedModules.get(name) ?? name]),
  )
}

function reportCustom({ model, field, what, target }: CustomReference, findings: Findings): void {
  findings.add({
    code: 'CUSTOM_FIELD_TOUCHED',
    severity: 'warning',
    message: `The custom field ${field} of ${model} refers to ${target}, which ${what}`,
    place: { object: `${model}.${field}` },
    hint: 'Change or remove the field before the upgrade, or give its model a script.',
  })
}
