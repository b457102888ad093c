import { renameWithFilestore } from '../../../databases/manager/index.js'
import type { CommandAction } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'

export const renameCommand: CommandAction = async ({ args, options }, context) => {
  const [from = '', to = ''] = args
  const connection = await connectionOf(options, context)
  const request = {
    progress: context.progress,
    operation: `db rename ${from} ${to}`,
    database: from,
  }
  return withHost(connection, request, async (host) => {
    await renameWithFilestore(host, from, to, { force: options.force === true })
    return { data: { from, to }, lines: () => [`Renamed "${from}" to "${to}".`] }
  })
}
