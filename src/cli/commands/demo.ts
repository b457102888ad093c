import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseHost, listDatabases } from '../../databases/manager/index.js'
import { EmbeddedCluster } from '../../db/index.js'
import type { CommandAction } from '../command.js'
import { formatDuration } from '../output/units.js'
import { changeLines } from './demo/demo-view.js'
import { playDemo } from './demo/play-demo.js'

export const demoCommand: CommandAction = async ({ options }, context) => {
  const keep = options.keep === true
  const home = await mkdtemp(join(tmpdir(), 'moult-demo-'))
  const cluster = new EmbeddedCluster({
    directory: join(home, 'embedded'),
    cacheDirectory: context.environment.cache,
    operation: 'demo',
  })
  const started = performance.now()
  try {
    context.announce('A bicycle workshop on Odoo 15.0, made up, on the embedded PostgreSQL:')
    const host: DatabaseHost = { cluster, filestoreRoot: join(home, 'filestore') }
    const report = await playDemo(host, home, context)
    const databases = await listDatabases(host, context.progress)
    const took = formatDuration(performance.now() - started)
    return {
      data: { ...report, databases, ...(keep && { home }) },
      lines: (view) => [
        '',
        ...changeLines(view, report),
        '',
        `Done in ${took}, without PostgreSQL, Python or Odoo on this machine.`,
        keep
          ? `The result is ${report.database} in ${home}: MOULT_HOME=${home} npx moult db list`
          : `The result, ${report.database}, was not kept; add --keep to look around.`,
        'With a backup of yours: npx moult upgrade backup.zip --to 17.0',
      ],
    }
  } finally {
    await cluster.close()
    if (!keep) await rm(home, { recursive: true, force: true })
  }
}
