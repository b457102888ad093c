import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addonsOf, CASE_FOLDERS, PYTHON_FOLDER } from './folders.mjs'

/** Runs the cases with the release's own server code; answers their outcomes. */
export async function runReference(run) {
  const task = join(run.home, 'task.json')
  const answer = join(run.home, 'answer.json')
  const data = join(run.home, 'odoo-data')
  await mkdir(data, { recursive: true })
  const fields = { odoo: run.odoo, addons: addonsOf(run), cases: CASE_FOLDERS, data }
  await writeFile(
    task,
    JSON.stringify({ ...fields, filestore: run.filestore, measures: run.measures }),
  )
  await finished(run, ['-B', join(PYTHON_FOLDER, 'reference.py'), task, answer])
  return JSON.parse(await readFile(answer, 'utf8'))
}

function finished({ python, cluster, database }, args) {
  const env = { ...process.env, ...cluster.environment(database) }
  const child = spawn(python, args, { env, stdio: ['ignore', 'inherit', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-5000)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`The reference failed (${code}):\n${said}`))
    })
  })
}
