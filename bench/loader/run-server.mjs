import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'

/**
 * The reference: Odoo's own server program upgrades the database and stops, with psycopg2, in a Python that has
 * what it needs. `data` is its data directory, which holds `filestore/<database>`.
 */
export async function runServer(run) {
  const { python, odoo, database, data, addons, openupgrade, library, modules, log } = run
  const load = ['base', 'web', ...(openupgrade === undefined ? [] : ['openupgrade_framework'])]
  const args = [
    '-B',
    join(odoo, 'odoo-bin'),
    ...['--database', database, '--data-dir', data, '--load', load.join(',')],
    ...[
      '--addons-path',
      [...addons, ...(openupgrade === undefined ? [] : [openupgrade])].join(','),
    ],
    ...['--update', modules.join(','), '--stop-after-init', '--no-http', '--max-cron-threads', '0'],
    ...(openupgrade === undefined
      ? []
      : ['--upgrade-path', join(openupgrade, 'openupgrade_scripts', 'scripts')]),
  ]
  const env = {
    ...process.env,
    ...run.environment,
    ODOO_RC: join(data, 'none.conf'),
    ...(library !== undefined && { PYTHONPATH: library }),
  }
  const child = spawn(python, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const output = createWriteStream(log ?? '/dev/null')
  child.stderr.pipe(output)
  await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`Odoo ended with ${code}; --log keeps what it says`))
    })
  })
}
