import { CancelledError } from '../../../base/index.js'
import { dropWithFilestore } from '../../../databases/manager/index.js'
import type { CommandAction } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'

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
      await dropWithFilestore(host, name, { force: options.force === true, keepFilestore })
      return { data: { database: name }, lines: () => [`Removed ${where}.`] }
    },
  )
}
