import { type Finding, Findings } from '../../base/index.js'
import { readRelease } from '../../odoo/reading/index.js'
import { type LoaderScope, openNativeLoader } from '../loader/index.js'
import { completeModule, writeFirstModules, writeModuleList } from '../runner/index.js'
import { runFirstSql } from './first-sql.js'
import type { InstallReport, InstallTarget } from './install-report.js'
import type { InstallPlan } from './plan-install.js'

/**
 * Installs modules into an empty database: Odoo's own SQL file for the first tables, then module by module schema,
 * reflection and records. Whoever calls it throws the database away when it fails.
 *
 * Errors: FIRST_SQL_MISSING, those of reading the release, and what PostgreSQL refuses.
 */
export async function installModules(
  plan: InstallPlan,
  { session, store, progress, cache }: InstallTarget,
): Promise<InstallReport> {
  const started = performance.now()
  const findings = new Findings()
  const addFinding = (finding: Finding): void => findings.add(finding)
  const { tree, turns, modules, firstRows, request } = plan
  const source = await readRelease({
    addonsPath: request.addonsPath,
    modules: turns.map(({ name }) => name),
    cacheDirectory: cache,
    progress,
  })
  for (const finding of source.findings) addFinding(finding)
  const loader = await openNativeLoader({ source, findings, parity: false, store })
  const scope: LoaderScope = { session, signal: progress.signal, addFinding, keep: () => {} }

  await session.transaction(async () => {
    await runFirstSql(session, tree)
    await writeFirstModules(session, firstRows, tree)
    await loader.begin(scope, false)
  })
  const name = `Installing Odoo ${tree.release.series}`
  await progress.step(name, { unit: 'modules', total: turns.length }, async (step) => {
    for (const { name: module, isNew, demo, targetVersion } of turns) {
      progress.check('Installing')
      await session.transaction(async () => {
        await loader.load({ module, isNew, demo }, scope)
        await loader.afterScripts(module, scope)
        if (module === 'base') await writeModuleList(session, modules, tree)
        await completeModule(session, { module, targetVersion })
      })
      step.advance(1, module)
    }
  })
  await session.transaction(async () => {
    await loader.settle(scope)
    await loader.finish(scope)
  })
  return {
    release: tree.release.series,
    modules: turns.map(({ name: module }) => module),
    demo: request.demo,
    milliseconds: performance.now() - started,
    findings: findings.list(),
  }
}
