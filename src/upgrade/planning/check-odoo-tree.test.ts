import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeSourceTree } from '../../../test/support/odoo-project.js'
import { type TemporaryFolder, temporaryFolder } from '../../../test/support/temporary-folder.js'
import { Findings, Progress } from '../../base/index.js'
import { readAddonsTree } from '../../odoo/addons/index.js'
import { checkOdooTree, type OdooTreeCheck } from './check-odoo-tree.js'
import { chooseLoader } from './choose-loader.js'

let folder: TemporaryFolder
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

async function place(path: string, text = ''): Promise<void> {
  const file = join(folder.path, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

const LOADING = 'odoo/modules/loading.py'

/** A tree of 16.0 with `base`, `web` and `shop`, whose manifest names two data files. */
async function treeOf(parts: { readonly web?: boolean; readonly loading?: boolean } = {}) {
  const { web = true, loading = true } = parts
  await writeSourceTree(folder.path, '16.0', { ...(web && { web: {} }), shop: {} })
  const manifest = { name: 'Shop', license: 'LGPL-3', depends: ['base'], data: ['a.xml', 'b.csv'] }
  await place('addons/shop/__manifest__.py', JSON.stringify(manifest))
  await place('addons/shop/b.csv')
  await place(
    'addons/shop/a.xml',
    `<odoo><record id="x" model="y">
  <field name="a" type="base64" file="shop/static/there.png"/>
  <field
    name="b" file='shop/static/gone.png'/>
  <!-- <field name="c" file="shop/static/never.png"/> -->
  <field name="d">file="shop/static/text.png"</field>
</record></odoo>`,
  )
  await place('addons/shop/static/there.png')
  if (loading) await place(LOADING)
  return readAddonsTree({ addonsPath: [folder.path] }, new Progress(), new Findings())
}

async function found(
  parts: Parameters<typeof treeOf>[0] = {},
  more: Partial<OdooTreeCheck> = {},
): Promise<readonly { readonly code: string; readonly message: string; readonly hint?: string }[]> {
  return checkOdooTree({
    tree: await treeOf(parts),
    profile: 'odoo',
    upgradePath: [],
    modules: [],
    ...more,
  })
}

describe("what would end a run of the release's own code", () => {
  test('is nothing in a whole tree', async () => {
    expect(await found()).toEqual([])
  })

  test("is a tree without Odoo's own code", async () => {
    expect(await found({ loading: false })).toMatchObject([{ code: 'ODOO_TREE_INCOMPLETE' }])
  })

  test('is a tree without web', async () => {
    expect(await found({ web: false })).toMatchObject([
      {
        code: 'ODOO_TREE_INCOMPLETE',
        message: 'The source tree lacks web, which every Odoo loads',
      },
    ])
  })

  test('is OpenUpgrade without its framework, whose folder is named where it is beside the scripts', async () => {
    const more = {
      profile: 'openupgrade',
      upgradePath: ['/ou/openupgrade_scripts/scripts'],
    } as const
    expect(await found({}, more)).toMatchObject([
      { code: 'OPENUPGRADE_FRAMEWORK_MISSING', hint: 'Add /ou to --addons-path.' },
    ])
  })

  test('is a file that a module loads and that is not there', async () => {
    const shop = {
      name: 'shop',
      fate: 'install',
      installedVersion: null,
      targetVersion: '1.0',
    } as const
    const [finding, ...others] = await found({}, { modules: [shop] })
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      code: 'DATA_FILES_MISSING',
      severity: 'error',
      data: { files: ['shop/static/gone.png'] },
    })
  })

  test('is not looked for in modules that are not loaded', async () => {
    const shop = {
      name: 'shop',
      fate: 'remove',
      installedVersion: null,
      targetVersion: null,
    } as const
    expect(await found({}, { modules: [shop] })).toEqual([])
  })
})

describe('who loads the modules', () => {
  test.each([
    ['auto', true, 'odoo'],
    ['auto', false, 'none'],
    ['none', true, 'none'],
    ['odoo', false, 'odoo'],
  ] as const)(
    'with %s and a tree whose code is there: %s, is %s',
    async (wanted, loading, choice) => {
      expect(chooseLoader(await treeOf({ loading }), wanted).choice).toBe(choice)
    },
  )

  test('nobody, without a tree; the plan says why', async () => {
    const { release } = await treeOf()
    expect(chooseLoader({ root: undefined, release }, 'auto')).toEqual({
      choice: 'none',
      reason: `the addons path holds no Odoo 16.0 that can be run (${LOADING} is missing)`,
    })
  })
})
