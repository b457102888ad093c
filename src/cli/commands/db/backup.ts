import { resolve } from 'node:path'
import {
  type BackupFormat,
  backupDatabase,
  type DumperChoice,
  formatOfName,
} from '../../../databases/manager/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import { count, formatBytes, formatDuration } from '../../output/units.js'

export const backupCommand: CommandAction = async ({ args, options }, context) => {
  const [name = '', given] = args
  const started = performance.now()
  const asked = textOption(options, 'format') as BackupFormat | undefined
  const file = resolve(given ?? `${name}_${timestamp()}.${asked ?? 'zip'}`)
  const format = asked ?? formatOfName(file)
  const dumper = textOption(options, 'dumper') as DumperChoice | undefined
  const excluded = textOption(options, 'excludeTableData')
  const connection = await connectionOf(options, context)
  return withHost(
    connection,
    { progress: context.progress, operation: `db backup ${name}`, database: name },
    async (host) => {
      const report = await backupDatabase(host, name, context.progress, {
        file,
        format,
        withoutFilestore: options.withoutFilestore === true,
        verify: options.verify === true,
        overwrite: options.overwrite === true,
        ...(excluded !== undefined && {
          excludeTableData: excluded.split(',').map((t) => t.trim()),
        }),
        ...(dumper !== undefined && { dumper }),
      })
      const { filestore } = report
      const took = formatDuration(performance.now() - started)
      return {
        data: report,
        findings: report.findings,
        lines: () => [
          `Backed up "${name}" in ${took}.`,
          `  file       ${report.file} (${formatBytes(report.size)})`,
          `  dump       by ${report.dumper === 'built-in' ? "moult's own dumper" : report.dumper}`,
          ...(filestore === undefined
            ? []
            : [`  filestore  ${count(filestore.files - filestore.orphans.length, 'file')}`]),
          ...(report.verified ? ['  verified   read again, every part is sound'] : []),
        ],
      }
    },
  )
}

/** The form that Odoo's web page offers, in UTC. */
function timestamp(): string {
  return new Date().toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-')
}
