import { CancelledError } from '../../../base/index.js'
import { dropWithFilestore } from '../../../databases/manager/index.js'
import type { CommandAction } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import { count } from '../../output/units.js'

export const dropCommand: CommandAction = async ({ args, options }, context) => {
  const [name = ''] = args
  const connection = await connectionOf(options, context)
  return withHost(
    connection,
    { progress: context.progress, operation: `db drop ${name}`, database: name },
    async (host) => {
      const where = `"${name}" on ${host.cluster.address}`
      if (!(await context.confirm(`Remove ${where} and its filestore for good?`))) {
        throw new CancelledError('Dropping')
      }
      const keepFilestore = options.keepFilestore === true
      const force = options.force === true
      const report = await dropWithFilestore(host, name, { force, keepFilestore })
      const checkpoints = report.checkpoints.length
      const more = checkpoints === 0 ? '' : ` and ${count(checkpoints, 'checkpoint')} of it`
      return { data: report, lines: () => [`Removed ${where}${more}.`] }
    },
  )
}
