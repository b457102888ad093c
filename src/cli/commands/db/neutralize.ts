import { CancelledError } from '../../../base/index.js'
import { neutralizeDatabase } from '../../../databases/manager/index.js'
import type { CommandAction } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import { neutralizedLines } from './neutralized-lines.js'

export const neutralizeCommand: CommandAction = async ({ args, options }, context) => {
  const [name = ''] = args
  const connection = await connectionOf(options, context)
  const request = { progress: context.progress, operation: `db neutralize ${name}`, database: name }
  return withHost(connection, request, async (host) => {
    const question = `Stop all mails, jobs and payments of "${name}" on ${host.cluster.address}?`
    if (!(await context.confirm(question))) throw new CancelledError('Neutralising')
    const report = await neutralizeDatabase(host, name, { addonsPath: connection.addonsPath })
    return {
      data: report,
      findings: report.findings,
      lines: () => [`"${name}" is neutralised.`, ...neutralizedLines(report)],
    }
  })
}
