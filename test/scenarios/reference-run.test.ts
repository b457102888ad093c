import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { Findings, Progress } from '../../src/base/index.js'
import { type AddonsTree, readAddonsTree } from '../../src/odoo/addons/index.js'
import {
  type Apriori,
  type KnownModules,
  knownModules,
  type ModulePlan,
  type ModulePlanRequest,
  type ModuleRows,
  planModules,
  readAprioriOf,
} from '../../src/odoo/modules/index.js'
import {
  discoverScripts,
  migrationLogLine,
  type SelectedScripts,
  selectScripts,
} from '../../src/scripts/selection/index.js'
import { readDumpedModules } from '../support/dumped-modules.js'

type LoggedStep =
  | readonly ['load', string, number, number]
  | readonly ['script', string, string, string]

const data = resolve(import.meta.dirname, '../../../shared/data')
const odoo = process.env.MOULT_TEST_ODOO16 ?? ''
const openUpgrade = process.env.MOULT_TEST_OPENUPGRADE16 ?? ''
const upgradePath = join(openUpgrade, 'openupgrade_scripts', 'scripts')
const archive = join(data, 'odoo-15.0-demo.zip')

const missing = [
  archive,
  join(odoo, 'odoo', 'release.py'),
  join(odoo, 'odoo', 'addons'),
  upgradePath,
].filter((path) => !existsSync(path))

/** Auto-install modules that the reference run left out (engine specification §9). */
const AUTO_INSTALL_GAP = [
  ...['account_sequence', 'base_install_request', 'google_gmail', 'privacy_lookup'],
  ...['project_sms', 'purchase_price_diff', 'sale_product_configurator', 'sale_project_stock'],
]

/** The reference was made by the free edition; a tree may hold the other one's modules as well. */
function communityModules(tree: AddonsTree): KnownModules {
  return new Map(
    [...knownModules(tree)].filter(
      ([name]) => tree.modules.get(name)?.manifest?.license !== 'OEEL-1',
    ),
  )
}

describe.skipIf(missing.length > 0)(
  'the reference run of OpenUpgrade 16 (MOULT_TEST_ODOO16, MOULT_TEST_OPENUPGRADE16)',
  () => {
    let rows: ModuleRows
    let tree: AddonsTree
    let apriori: Apriori
    let plan: ModulePlan
    let scripts: SelectedScripts

    const planned = (given: Partial<ModulePlanRequest>) =>
      planModules({
        rows,
        modules: communityModules(tree),
        release: tree.release,
        profile: 'openupgrade',
        update: ['all'],
        apriori,
        strictNames: true,
        ...given,
      })

    beforeAll(async () => {
      const findings = new Findings()
      const addonsPath = [odoo, openUpgrade]
      rows = await readDumpedModules(archive)
      tree = await readAddonsTree({ addonsPath }, new Progress(), findings)
      apriori = await readAprioriOf([upgradePath], findings)
      plan = planned({})
      const discovered = await discoverScripts({
        release: tree.release,
        modules: tree.modules.values(),
        addonsPath: tree.folders,
        upgradePaths: [upgradePath],
      })
      scripts = selectScripts({ plan, discovered })
    })

    const reference = (): readonly LoggedStep[] =>
      JSON.parse(readFileSync(join(data, 'reference-run-15.0-16.0.json'), 'utf8'))

    test('scenario 68: modules load in the order, and with the counts, of the log', () => {
      const loaded = plan.passes.flatMap((pass) =>
        pass.modules
          .filter((module) => module.processed)
          .map((module) => ['load', module.name, module.index, module.total]),
      )
      expect(loaded).toEqual(reference().filter(([kind]) => kind === 'load'))
    })

    test('scenario 68: passes have the sizes of the log', () => {
      expect(plan.passes.map((pass) => pass.total)).toEqual([1, 71, 71, 72, 72])
    })

    test('scenario 68: the 41 scripts run in the order of the log, with its lines', () => {
      const lines = reference().flatMap((step) =>
        step[0] === 'script'
          ? [`module ${step[1]}: Running migration [${step[2]}] ${step[3]}`]
          : [],
      )
      expect(scripts.all.map(migrationLogLine)).toEqual(lines)
      expect(lines).toHaveLength(41)
      expect(scripts.end).toEqual([])
    })

    test('scenario 25: a new dependency loads before what needs it; of its scripts only post runs', () => {
      const module = plan.passes
        .flatMap((pass) => pass.modules)
        .find(({ name }) => name === 'barcodes_gs1_nomenclature')
      expect(module).toMatchObject({ index: 14, total: 71, isNew: true, installedVersion: null })
      const own = scripts.modules.get('barcodes_gs1_nomenclature')
      expect(own?.post.map(({ installedVersion }) => installedVersion)).toEqual([''])
      expect([own?.pre, own?.end]).toEqual([[], []])
    })

    test('scenario 60: demo data is off on every module afterwards', () => {
      const demo = (of: ModuleRows) => [...of.values()].filter((row) => row.demo).length
      expect([demo(rows), demo(plan.finalRows)]).toEqual([72, 0])
      expect(plan.passes.flatMap((pass) => pass.modules).some((module) => module.demo)).toBe(false)
      expect(demo(planned({ useDemo: true }).finalRows)).toBeGreaterThan(70)
    })

    test('scenario 28: a module that is gone stays "to upgrade", and is told of', () => {
      const left = [...plan.finalRows.values()].filter((row) => row.state.startsWith('to '))
      expect(left).toMatchObject([
        { name: 'project_account', state: 'to upgrade', latestVersion: '15.0.1.0' },
      ])
      expect(plan.notLoaded).toMatchObject([{ name: 'project_account', reason: 'missing' }])
      expect(plan.findings.map(({ code }) => code)).toContain('MODULE_MISSING')
    })

    test('states and versions afterwards are those of the upgraded database', async () => {
      const truth = await readDumpedModules(join(data, 'odoo-16.0-openupgraded.zip'))
      const facts = (of: ModuleRows) =>
        [...of.values()]
          .filter((row) => row.state !== 'uninstalled' && row.state !== 'uninstallable')
          .map(({ name, state, latestVersion, demo }) => ({ name, state, latestVersion, demo }))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
      expect(facts(plan.finalRows)).toEqual(facts(truth))
    })

    test('rows of modules, dependencies and automatic installation are those of the upgraded database', async () => {
      const truth = await readDumpedModules(join(data, 'odoo-16.0-openupgraded.zip'))
      const facts = (of: ModuleRows) =>
        [...of.values()]
          // Modules on sale are data of base, not on disk.
          .filter((row) => row.state !== 'uninstallable')
          .map((row) => ({
            ...{ name: row.name, state: row.state, autoInstall: row.autoInstall },
            // A merge leaves the database with the same dependency twice.
            dependencies: [
              ...new Set(
                row.dependencies.map((item) => `${item.name} ${item.autoInstallRequired}`),
              ),
            ].sort(),
            exclusions: [...row.exclusions].sort(),
          }))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
      const known = new Set(truth.keys())
      expect(facts(plan.finalRows).filter(({ name }) => known.has(name))).toEqual(facts(truth))
    })

    test('the policy "fresh" installs the automatic modules that the reference leaves out', () => {
      const finding = plan.findings.find(({ code }) => code === 'MODULES_AUTO_INSTALLABLE')
      expect(finding?.data?.modules).toEqual(expect.arrayContaining(AUTO_INSTALL_GAP))
      const fresh = planned({ autoInstall: 'fresh' })
      const added = [...fresh.finalRows.values()]
        .filter((row) => row.state === 'installed')
        .map((row) => row.name)
        .filter((name) => plan.finalRows.get(name)?.state !== 'installed')
      expect(added).toEqual(expect.arrayContaining(AUTO_INSTALL_GAP))
      expect(added.filter((name) => name.startsWith('spreadsheet_dashboard_'))).toHaveLength(5)
      expect(fresh.findings.map(({ code }) => code)).not.toContain('MODULES_AUTO_INSTALLABLE')
    })
  },
)
