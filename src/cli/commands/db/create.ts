import { createEmptyDatabase } from '../../../databases/manager/index.js'
import type { InstallReport } from '../../../upgrade/installing/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import { installInto } from './install-into.js'
import { readInstallPlan } from './install-request.js'
import { installLines } from './install-view.js'

export const createCommand: CommandAction = async ({ args, options }, context) => {
  const { progress } = context
  const [name = ''] = args
  const owner = textOption(options, 'owner')
  const template = textOption(options, 'template')
  const connection = await connectionOf(options, context)
  const plan = await readInstallPlan(options, connection.addonsPath, context)
  return withHost(connection, { progress, operation: `db create ${name}` }, async (host) => {
    const { cluster } = host
    let installed: InstallReport | undefined
    const report = await createEmptyDatabase(host, name, {
      ...(owner !== undefined && { owner }),
      ...(template !== undefined && { template }),
      unaccent: options.unaccent === true,
      ...(plan !== undefined && {
        fill: async (staging) => {
          const place = { ...staging, cluster, connection }
          installed = await installInto(plan, place, options, context)
        },
      }),
    })
    const { kind: engine, address } = cluster
    return {
      data: { ...report, engine, address, ...(installed !== undefined && { installed }) },
      findings: [...report.findings, ...(installed?.findings ?? [])],
      lines: () => [
        `Created "${name}" (${engine}, ${address}).`,
        ...(installed === undefined ? [] : installLines(installed)),
      ],
    }
  })
}
