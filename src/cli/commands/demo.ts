import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExample } from '../../databases/example/index.js'
import {
  backupDatabase,
  createEmptyDatabase,
  type DatabaseHost,
  type DatabaseSummary,
  duplicateDatabase,
  filestoreOf,
  listDatabases,
  restoreDatabase,
  withBackupFile,
} from '../../databases/manager/index.js'
import { EmbeddedCluster } from '../../db/index.js'
import type { CommandAction, CommandContext } from '../command.js'
import { renderTable } from '../output/table.js'
import { formatBytes, formatDuration } from '../output/units.js'
import { LIST_COLUMNS } from './db/list.js'

/** One thing the demo did, and how long it took. */
interface DoneStep {
  readonly command: string
  readonly outcome: string
  readonly ms: number
}

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
    context.announce('An invented business in the shape of Odoo 16, on the embedded PostgreSQL:')
    const host: DatabaseHost = { cluster, filestoreRoot: join(home, 'filestore') }
    const { steps, findings, databases } = await play(host, home, context)
    const took = formatDuration(performance.now() - started)
    return {
      data: { steps, databases, findings, ...(keep && { home }) },
      lines: (view) => [
        '',
        ...renderTable(view, LIST_COLUMNS, databases),
        '',
        `Done in ${took}, without PostgreSQL, Python or Odoo on this machine.`,
        keep
          ? `The databases are in ${home}: MOULT_HOME=${home} npx moult db list`
          : 'Nothing was kept; add --keep to look around.',
        'With a backup of yours: npx moult db restore backup.zip',
      ],
    }
  } finally {
    await cluster.close()
    if (!keep) await rm(home, { recursive: true, force: true })
  }
}

async function play(host: DatabaseHost, home: string, context: CommandContext) {
  const { progress, announce } = context
  const steps: DoneStep[] = []
  const step = async (command: string, body: () => Promise<string>): Promise<void> => {
    const started = performance.now()
    const outcome = await body()
    const ms = performance.now() - started
    steps.push({ command, outcome, ms })
    announce(`\n✔ ${command}\n  ${outcome} (${formatDuration(ms)})`)
  }
  const file = join(home, 'aurelia.zip')
  await step('moult db create aurelia', async () => {
    await progress.step('Starting', { unit: 'databases', total: 1 }, async (running) => {
      await createEmptyDatabase(host, 'aurelia')
      await host.cluster.withSession('aurelia', (session) =>
        createExample(session, filestoreOf(host, 'aurelia')),
      )
      running.advance(1)
    })
    return 'made a database and filled it: 500 contacts, 2,000 orders, 24 attachments'
  })
  await step('moult db backup aurelia aurelia.zip --verify', async () => {
    const options = { file, format: 'zip', verify: true } as const
    const report = await backupDatabase(host, 'aurelia', progress, options)
    return `wrote ${formatBytes(report.size)} in Odoo's own format, read it again and found it sound`
  })
  await step('moult db restore aurelia.zip aurelia_copy', async () => {
    const report = await withBackupFile(file, progress, (backup) =>
      restoreDatabase(host, backup, progress, { name: 'aurelia_copy' }),
    )
    const { files = 0, missing = [] } = report.filestore ?? {}
    return `${report.tables} tables and ${files} attachments are back, ${missing.length} missing, with an identity of its own`
  })
  let findings: unknown
  await step('moult db duplicate aurelia_copy aurelia_test --neutralize', async () => {
    const names = { from: 'aurelia_copy', to: 'aurelia_test' }
    const report = await duplicateDatabase(host, names, progress, { neutralize: true })
    findings = report.findings
    const rows = report.neutralized?.modules.reduce((sum, module) => sum + (module.rows ?? 0), 0)
    return `made a test copy that sends no mail and takes no payment: ${rows} rows disarmed`
  })
  const databases: readonly DatabaseSummary[] = await listDatabases(host, progress)
  return { steps, findings, databases }
}
