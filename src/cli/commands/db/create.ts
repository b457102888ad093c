import { createEmptyDatabase } from '../../../databases/manager/index.js'
import { type InstallReport, installModules } from '../../../upgrade/installing/index.js'
import { FilestoreFiles } from '../../../upgrade/runner/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
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
        fill: async ({ database, filestore }) => {
          const store = new FilestoreFiles(filestore)
          const { cache } = connection
          installed = await cluster.withSession(
            database,
            (session) => installModules(plan, { session, store, progress, cache }),
            { signal: progress.signal },
          )
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
