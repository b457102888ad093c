import { basename } from 'node:path'
import { CancelledError } from '../../../base/index.js'
import {
  administer,
  type DatabaseHost,
  databaseExists,
  type RestoreReport,
  restoreDatabase,
  withBackupFile,
} from '../../../databases/manager/index.js'
import { type CommandAction, type CommandContext, textOption } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import { count, formatBytes, formatDuration } from '../../output/units.js'
import { identityLine, whereaboutsOf } from './identity-options.js'
import { neutralizedLines } from './neutralized-lines.js'

export const restoreCommand: CommandAction = async ({ args, options }, context) => {
  const [file = '', given] = args
  const started = performance.now()
  const whereabouts = whereaboutsOf(options)
  const connection = await connectionOf(options, context)
  const owner = textOption(options, 'owner')
  return withBackupFile(file, context.progress, async (backup) => {
    const name = given ?? nameOfFile(file)
    const request = {
      progress: context.progress,
      operation: `db restore ${name}`,
      size: backup.expectedSize,
    }
    return withHost(connection, request, async (host) => {
      const overwrite = options.overwrite === true
      if (overwrite) await confirmReplacing(host, name, context)
      const report = await restoreDatabase(host, backup, context.progress, {
        name,
        whereabouts,
        neutralize: options.neutralize === true,
        addonsPath: connection.addonsPath,
        withoutFilestore: options.withoutFilestore === true,
        ...(owner !== undefined && { owner }),
        ...(overwrite && { replace: { force: options.force === true } }),
      })
      const took = formatDuration(performance.now() - started)
      return {
        data: { ...report, engine: host.cluster.kind, address: host.cluster.address },
        findings: report.findings,
        lines: () => [
          `Restored "${name}" in ${took} (${host.cluster.kind}, ${host.cluster.address}).`,
          ...summary(report),
          identityLine(whereabouts, report.uuid),
          ...(report.neutralized ? neutralizedLines(report.neutralized) : []),
        ],
      }
    })
  })
}

function summary(report: RestoreReport): readonly string[] {
  const { release, modules = 0, tables, filestore } = report
  const odoo =
    release === undefined ? 'not of Odoo' : `Odoo ${release.series}, ${count(modules, 'module')}`
  return [
    `  content    ${odoo}, ${count(tables, 'table')}`,
    ...(filestore === undefined
      ? []
      : [`  filestore  ${count(filestore.files, 'file')}, ${formatBytes(filestore.bytes)}`]),
  ]
}

/** With `--overwrite` an old database goes when the new one is complete, and only after this. */
async function confirmReplacing(
  host: DatabaseHost,
  name: string,
  context: CommandContext,
): Promise<void> {
  if (!(await administer(host.cluster, (session) => databaseExists(session, name)))) return
  const question = `Replace "${name}" on ${host.cluster.address}? Its content is lost.`
  if (!(await context.confirm(question))) throw new CancelledError('Restoring')
}

/** `acme_2026-11-20_10-00-00.zip` was made from `acme`. */
function nameOfFile(file: string): string {
  return basename(file)
    .replace(/\.(zip|dump|sql|sql\.gz|gz|tar|backup)$/i, '')
    .replace(/\.sql$/i, '')
    .replace(/_\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}$/, '')
}
