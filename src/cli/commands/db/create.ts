import { createEmptyDatabase } from '../../../databases/manager/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'

export const createCommand: CommandAction = async ({ args, options }, context) => {
  const [name = ''] = args
  const owner = textOption(options, 'owner')
  const template = textOption(options, 'template')
  const connection = await connectionOf(options, context)
  return withHost(
    connection,
    { progress: context.progress, operation: `db create ${name}` },
    async (host) => {
      const report = await createEmptyDatabase(host, name, {
        ...(owner !== undefined && { owner }),
        ...(template !== undefined && { template }),
        unaccent: options.unaccent === true,
      })
      return {
        data: { ...report, engine: host.cluster.kind, address: host.cluster.address },
        findings: report.findings,
        lines: () => [`Created "${name}" (${host.cluster.kind}, ${host.cluster.address}).`],
      }
    },
  )
}
