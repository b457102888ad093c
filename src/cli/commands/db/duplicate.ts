import { duplicateDatabase, type FilestoreMode } from '../../../databases/manager/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import { identityLine, whereaboutsOf } from './identity-options.js'
import { neutralizedLines } from './neutralized-lines.js'

export const duplicateCommand: CommandAction = async ({ args, options }, context) => {
  const [from = '', to = ''] = args
  const whereabouts = whereaboutsOf(options)
  const connection = await connectionOf(options, context)
  const mode = textOption(options, 'filestoreMode') as FilestoreMode | undefined
  const request = {
    progress: context.progress,
    operation: `db duplicate ${from} ${to}`,
    database: from,
  }
  return withHost(connection, request, async (host) => {
    const report = await duplicateDatabase(host, { from, to }, context.progress, {
      force: options.force === true,
      neutralize: options.neutralize === true,
      addonsPath: connection.addonsPath,
      withoutFilestore: options.withoutFilestore === true,
      whereabouts,
      ...(mode !== undefined && { filestoreMode: mode }),
    })
    return {
      data: report,
      findings: report.findings,
      lines: () => [
        `Copied "${from}" to "${to}" (${host.cluster.kind}, ${host.cluster.address}).`,
        identityLine(whereabouts, report.uuid),
        ...(report.neutralized ? neutralizedLines(report.neutralized) : []),
      ],
    }
  })
}
