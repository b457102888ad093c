import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embeddedInMemory, type OpenedEngine, testCache } from '../../../test/support/engines.js'
import {
  type InstallableRelease,
  installableRelease,
} from '../../../test/support/installable-release.js'
import { Progress } from '../../base/index.js'
import { administer, createEmptyDatabase } from '../../databases/manager/index.js'
import { type Session, sql } from '../../db/index.js'
import { installModules } from './install-modules.js'
import type { InstallReport } from './install-report.js'
import { planInstall } from './plan-install.js'

const store = {
  write: async (): Promise<void> => {
    throw new Error('This release has no attachments')
  },
}

let engine: OpenedEngine
let release: InstallableRelease

beforeAll(async () => {
  engine = await embeddedInMemory.open()
  release = await installableRelease()
})

afterAll(async () => {
  await engine.close()
  await release.remove()
})

async function plan(modules: readonly string[], demo = false) {
  return planInstall({ addonsPath: [release.root], modules, demo }, new Progress())
}

/** Installs into a database of this name. */
async function install(
  name: string,
  modules: readonly string[],
  demo = false,
): Promise<InstallReport> {
  const planned = await plan(modules, demo)
  const { cluster } = engine
  let report: InstallReport | undefined
  const host = { cluster, filestoreRoot: join(testCache, 'no-filestore') }
  await createEmptyDatabase(host, name, {
    fill: async ({ database }) => {
      report = await cluster.withSession(database, (session) =>
        installModules(planned, { session, store, progress: new Progress(), cache: testCache }),
      )
    },
  })
  if (report === undefined) throw new Error('Nothing was installed')
  return report
}

async function read<T>(name: string, body: (session: Session) => Promise<T>): Promise<T> {
  return engine.cluster.withSession(name, body)
}

async function modulesOf(name: string) {
  return read(name, async (session) => {
    const { rows } = await session.query<{ name: string; state: string; version: string | null }>(
      sql`SELECT name, state, latest_version AS version, demo FROM ir_module_module ORDER BY name`,
    )
    return rows
  })
}

async function pensOf(name: string) {
  return read(name, async (session) => {
    const { rows } = await session.query<{ id: string }>(sql`
      SELECT d.module || '.' || d.name AS id, p.name, p.color, d.noupdate
        FROM shop_pen p JOIN ir_model_data d ON d.model = 'shop.pen' AND d.res_id = p.id ORDER BY 1`)
    return rows
  })
}

describe('a plan', () => {
  test('holds what is asked for, what it needs and what it triggers', async () => {
    const names = async (modules: readonly string[]): Promise<readonly string[]> =>
      (await plan(modules)).turns.map(({ name }) => name)
    expect(await names([])).toEqual(['base'])
    expect(await names(['base', 'shop'])).toEqual(['base', 'shop', 'glue'])
  })

  test.each([
    ['a module that nobody has', ['shap'], 'MODULE_UNKNOWN'],
    ['a module whose dependency is missing', ['broken'], 'PLAN_REFUSED'],
  ])('refuses %s', async (_, modules, code) => {
    await expect(plan(modules)).rejects.toMatchObject({ code })
  })
})

describe('installing', () => {
  test('makes tables, records and the module list of the release, and tells of hooks', async () => {
    const report = await install('fresh', ['shop'])
    // Only the code of the module could run its hook.
    expect(report.findings.filter(({ code }) => code === 'HOOK_NOT_RUN')).toMatchObject([
      { severity: 'warning', data: { module: 'shop', hook: 'fill_shelves' } },
    ])
    expect(report).toMatchObject({
      release: '16.0',
      modules: ['base', 'shop', 'glue'],
      demo: false,
    })
    expect(await modulesOf('fresh')).toEqual([
      { name: 'base', state: 'installed', version: '16.0.1.3', demo: false },
      { name: 'broken', state: 'uninstalled', version: null, demo: false },
      { name: 'glue', state: 'installed', version: '16.0.1.0', demo: false },
      { name: 'shop', state: 'installed', version: '16.0.1.0', demo: false },
    ])
    expect(await pensOf('fresh')).toEqual([
      { id: 'shop.pen_black', name: 'Black', color: 'blue', noupdate: false },
    ])
  })

  test('gives modules their categories, dependencies and external identifiers', async () => {
    const { rows } = await read('fresh', (session) =>
      session.query(sql`
        SELECT m.name, c.name ->> 'en_US' AS category, p.name ->> 'en_US' AS parent, d.name AS needs,
               x.noupdate
          FROM ir_module_module m
          JOIN ir_module_category c ON c.id = m.category_id
          LEFT JOIN ir_module_category p ON p.id = c.parent_id
          JOIN ir_module_module_dependency d ON d.module_id = m.id
          JOIN ir_model_data x ON x.module = 'base' AND x.name = 'module_shop' AND x.res_id = m.id
         WHERE m.name = 'shop'`),
    )
    expect(rows).toEqual([
      { name: 'shop', category: 'Shops', parent: 'Sales', needs: 'base', noupdate: true },
    ])
  })

  test('reflects the models of the modules', async () => {
    const { rows } = await read('fresh', (session) =>
      session.query(sql`
        SELECT f.name, f.ttype FROM ir_model_fields f
         WHERE f.model = 'shop.pen' AND f.name IN ('name', 'color') ORDER BY 1`),
    )
    expect(rows).toEqual([
      { name: 'color', ttype: 'char' },
      { name: 'name', ttype: 'char' },
    ])
  })

  test('loads demonstration data on request, guarded, and says so in the module list', async () => {
    await install('shown', ['shop'], true)
    expect(await pensOf('shown')).toEqual([
      { id: 'shop.pen_black', name: 'Black', color: 'blue', noupdate: false },
      { id: 'shop.pen_red', name: 'Red', color: 'blue', noupdate: true },
    ])
    expect((await modulesOf('shown')).find(({ name }) => name === 'shop')).toMatchObject({
      demo: true,
    })
  })

  test('leaves no database when the source has no first tables', async () => {
    const bare = await installableRelease()
    await rm(join(bare.root, 'odoo/addons/base/data/base_data.sql'))
    const planned = await planInstall(
      { addonsPath: [bare.root], modules: [], demo: false },
      new Progress(),
    )
    const { cluster } = engine
    const host = { cluster, filestoreRoot: join(testCache, 'no-filestore') }
    const made = createEmptyDatabase(host, 'bare', {
      fill: async ({ database }) => {
        await cluster.withSession(database, (session) =>
          installModules(planned, { session, store, progress: new Progress(), cache: testCache }),
        )
      },
    })
    await expect(made).rejects.toMatchObject({ code: 'FIRST_SQL_MISSING' })
    await bare.remove()
    const { rows } = await administer(cluster, (session) =>
      session.query(sql`SELECT datname FROM pg_database WHERE datname = 'bare'`),
    )
    expect(rows).toEqual([])
  })
})
