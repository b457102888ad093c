import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { raw } from '../../dist/db/index.js'
import { openNativeOrm, sqlOperations } from '../../dist/scripts/hosts/index.js'
import { addonsOf, CASE_FOLDERS, GUEST_SCRIPT } from './folders.mjs'

const LOADED = `
  SELECT m.name, array_remove(array_agg(d.name), NULL) AS parents
    FROM ir_module_module m LEFT JOIN ir_module_module_dependency d ON d.module_id = m.id
   WHERE m.state IN ('installed', 'to upgrade') GROUP BY m.name ORDER BY m.name`

/** Runs the cases in a guest; answers their outcomes. Nothing that they do is committed. */
export async function runGuest(guest, run) {
  const embedded = guest === 'embedded'
  const interpreter = embedded ? 'embedded' : { executable: await withoutSite(run) }
  const packages = embedded ? run.packages : await withoutCompiled(run)
  const options = {
    interpreter,
    release: run.release,
    odoo: run.odoo,
    addonsPaths: addonsOf(run),
    packages: [...CASE_FOLDERS, ...packages],
    filestore: run.filestore,
    cacheDirectory: run.cache,
  }
  const answer = { lxml: '', groups: {} }
  await run.cluster.withSession(run.database, async (session) => {
    await session.execute(raw('BEGIN ISOLATION LEVEL REPEATABLE READ'))
    const scope = scopeOn(session, run.measures, answer)
    const orm = await openNativeOrm(options, scope)
    try {
      await orm.extend({ modules: await loadOrder(session, options), complete: true }, scope)
      await orm.run(
        {
          file: GUEST_SCRIPT,
          module: 'base',
          phase: 'post',
          directory: '1',
          installedVersion: '1',
        },
        scope,
      )
    } finally {
      await orm.close()
      await session.send('ROLLBACK')
    }
  })
  return answer
}

/** A Python whose only packages are those of the option `packages`, where moult's own come first. */
async function withoutSite({ home, python }) {
  const file = join(home, 'python')
  await writeFile(file, `#!/bin/sh\nexec "${python}" -S "$@"\n`)
  await chmod(file, 0o755)
  return file
}

/** The packages without what is compiled of lxml and Pillow: moult's stand aside for those. */
async function withoutCompiled({ home, packages }) {
  const found = []
  for (const [index, folder] of packages.entries()) {
    const copy = join(home, 'packages', String(index))
    await mkdir(copy, { recursive: true })
    for (const name of await readdir(folder)) {
      const from = join(folder, name)
      if (name === 'lxml') await cp(from, join(copy, name), { recursive: true, filter: isSource })
      else if (name !== 'PIL') await symlink(from, join(copy, name)).catch(ifThere)
    }
    found.push(copy)
  }
  return found
}

const isSource = (path) => !path.endsWith('.so')

function ifThere(error) {
  if (error.code !== 'EEXIST') throw error
}

function scopeOn(session, measures, answer) {
  const nothing = { kind: 'value', value: null }
  return {
    session,
    operations: {
      ...sqlOperations({ session, commit: async () => {}, rollback: async () => {} }),
      'comparison.measures': async () => ({ kind: 'value', value: measures }),
      'comparison.begin': async ([lxml]) => {
        answer.lxml = lxml
        return nothing
      },
      'comparison.group': async ([name, text]) => {
        answer.groups[name] = JSON.parse(text)
        return nothing
      },
    },
    log: () => {},
    signal: new AbortController().signal,
    limits: {},
  }
}

/** Modules that have a source, each after those that it depends on, as Odoo loads them. */
async function loadOrder(session, { addonsPaths }) {
  const { rows } = await session.query(raw(LOADED))
  const ordered = []
  const hasSource = ({ name }) => addonsPaths.some((folder) => existsSync(join(folder, name)))
  for (let left = rows.filter(hasSource); left.length > 0; ) {
    const ready = left.filter(({ parents }) => parents.every((name) => ordered.includes(name)))
    if (ready.length === 0) break
    ordered.push(...ready.map(({ name }) => name))
    left = left.filter(({ name }) => !ordered.includes(name))
  }
  return ordered
}
