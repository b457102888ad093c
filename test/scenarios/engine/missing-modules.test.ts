import { describe, expect, test } from 'vitest'
import type { MissingModuleDecision } from '../../../src/odoo/modules/index.js'
import type { ProjectModules } from '../../support/odoo-project.js'
import { reflected } from '../../support/odoo-project-schema.js'
import { quickEngine, requestOf, UpgradeBench } from '../../support/upgrade-bench.js'

const bench = new UpgradeBench(await quickEngine())

/** Module gone has brought a model, a field of partners, records, a constraint and a relation table. */
const OWN_OF_GONE = `
  CREATE TABLE gone_thing (id serial PRIMARY KEY, name varchar, partner_id integer REFERENCES res_partner);
  CREATE TABLE gone_rel (thing_id integer, partner_id integer);
  INSERT INTO gone_thing (name, partner_id) VALUES ('One', 1), ('Two', 2);
  ALTER TABLE res_partner ADD COLUMN gone_code varchar, ADD COLUMN shared varchar,
    ADD CONSTRAINT res_partner_gone_check CHECK (gone_code <> 'x'),
    ADD CONSTRAINT res_partner_other_check CHECK (shared <> 'x');
  ${reflected('gone.thing', { name: 'char', partner_id: 'many2one res.partner' }, 'gone')}
  ${reflected('res.partner', { gone_code: 'char', shared: 'char' }, 'gone')}
  INSERT INTO ir_model_data (module, name, model, res_id)
    SELECT 'other', name, model, res_id FROM ir_model_data
     WHERE module = 'gone' AND name = 'field_res_partner__shared';
  INSERT INTO ir_model_data (module, name, model, res_id) VALUES
    ('gone', 'thing_one', 'gone.thing', 1), ('gone', 'partner', 'res.partner', 3),
    ('gone', 'partner_of_both', 'res.partner', 2), ('other', 'partner_of_both', 'res.partner', 2),
    ('other', 'partner', 'res.partner', 1);
  INSERT INTO ir_model_constraint (module, name, type)
    SELECT id, 'res_partner_' || name || '_check', 'u' FROM ir_module_module WHERE name IN ('gone', 'other');
  INSERT INTO ir_model_relation (module, name) SELECT id, 'gone_rel' FROM ir_module_module WHERE name = 'gone'`

const TREE: ProjectModules = { other: { version: '2.0' }, heir: { version: '2.0' } }
const NEW = { state: 'uninstalled' }

async function decided(decision: MissingModuleDecision, heir: object = NEW) {
  const tree = await bench.tree('17.0', TREE)
  const database = await bench.database('16.0', { gone: {}, other: {}, heir }, OWN_OF_GONE)
  const request = requestOf({ to: '17.0', tree }, { decisions: { gone: decision } })
  const outcome = await bench.upgrade(database, request)
  expect(outcome.error).toBeUndefined()
  const xmlIds = (await bench.column(
    database,
    "SELECT module || '.' || name FROM ir_model_data WHERE module <> 'base' ORDER BY 1",
  )) as readonly string[]
  return {
    database,
    ...outcome,
    xmlIds,
    states: await bench.states(database),
    codes: outcome.findings.map(({ code }) => code),
    columns: await bench.column(
      database,
      "SELECT attname FROM pg_attribute WHERE attrelid = 'res_partner'::regclass AND attname IN ('gone_code', 'shared') AND NOT attisdropped ORDER BY 1",
    ),
    tables: await bench.column(
      database,
      "SELECT relname FROM pg_class WHERE relname IN ('gone_thing', 'gone_rel') ORDER BY 1",
    ),
  }
}

describe('a module that the release does not have', () => {
  test('kept, stays as it is, without a warning', async () => {
    const result = await decided('keep')
    expect(result.states).toMatchObject({ gone: 'installed 16.0.1.0', other: 'installed 17.0.2.0' })
    expect(result.tables).toEqual(['gone_rel', 'gone_thing'])
    expect(result.codes).not.toContain('MODULE_MISSING')
    expect(result.codes).not.toContain('MODULES_UNFINISHED')
  })

  test('uninstalled, goes with its records, column, table, constraint; what others share stays', async () => {
    const result = await decided('uninstall')
    const { database } = result
    expect(result.states).not.toHaveProperty('gone')
    expect(
      await bench.column(
        database,
        "SELECT state || coalesce(latest_version, '') FROM ir_module_module WHERE name = 'gone'",
      ),
    ).toEqual(['uninstalled'])
    expect(result.tables).toEqual([])
    expect(result.columns).toEqual(['shared'])
    expect(result.xmlIds).toEqual([
      ...['other.field_res_partner__shared', 'other.partner', 'other.partner_of_both'],
    ])
    expect(await bench.column(database, 'SELECT id FROM res_partner ORDER BY id')).toEqual([1, 2])
    expect(
      await bench.column(
        database,
        "SELECT conname FROM pg_constraint WHERE conname LIKE 'res_partner_%_check'",
      ),
    ).toEqual(['res_partner_other_check'])
    expect(
      await bench.column(database, "SELECT 1 FROM ir_model WHERE model = 'gone.thing'"),
    ).toEqual([])
    expect(
      await bench.column(
        database,
        "SELECT name FROM ir_model_fields WHERE name IN ('gone_code', 'shared')",
      ),
    ).toEqual(['shared'])
    expect(result.codes).not.toContain('RECORDS_KEPT')
  })

  test('uninstalled, leaves with a finding the records that something refers to', async () => {
    const tree = await bench.tree('17.0', TREE)
    const database = await bench.database(
      '16.0',
      { gone: {}, other: {} },
      `${OWN_OF_GONE}; UPDATE res_company SET partner_id = 3`,
    )
    const request = requestOf({ to: '17.0', tree }, { decisions: { gone: 'uninstall' } })
    const { error, findings } = await bench.upgrade(database, request)
    expect(error).toBeUndefined()
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'RECORDS_KEPT',
        data: { model: 'res.partner', ids: [3] },
      }),
    )
    expect(await bench.column(database, 'SELECT id FROM res_partner ORDER BY id')).toEqual([
      1, 2, 3,
    ])
  })

  test.each([
    ['not installed', NEW],
    ['installed', {}],
  ])('replaced by one that is %s, is merged into that', async (_, heir) => {
    const result = await decided({ replacedBy: 'heir' }, heir)
    expect(result.states).toEqual({
      base: 'installed 17.0.1.3',
      other: 'installed 17.0.2.0',
      heir: 'installed 17.0.2.0',
    })
    expect(
      await bench.column(result.database, "SELECT 1 FROM ir_module_module WHERE name = 'gone'"),
    ).toEqual([])
    expect(result.xmlIds).toContain('heir.thing_one')
    expect(result.xmlIds.filter((name) => name.startsWith('gone.'))).toEqual([])
    expect(result.tables).toEqual(['gone_rel', 'gone_thing'])
  })

  test('replaced by one that is not there, refuses the run', async () => {
    const tree = await bench.tree('17.0', TREE)
    const database = await bench.database('16.0', { gone: {} })
    const decisions = { gone: { replacedBy: 'nobody' } }
    const { error } = await bench.upgrade(database, requestOf({ to: '17.0', tree }, { decisions }))
    expect(error).toMatchObject({
      code: 'PLAN_REFUSED',
      data: { findings: [{ code: 'MODULE_DECISION_INVALID' }] },
    })
  })
})

describe('modules with another name', () => {
  const APRIORI = `renamed_modules = {"old_name": "new_name"}\nmerged_modules = {}\nrenamed_models = {}\nmerged_models = {}\n`

  test('that no script of base has renamed are renamed with the module list', async () => {
    const tree = await bench.tree('16.0', {
      new_name: { version: '2.0' },
      top: { depends: ['new_name'] },
    })
    const scripts = await bench.scripts({
      'openupgrade_scripts/apriori.py': APRIORI,
      'openupgrade_scripts/scripts/base/16.0.1.3/post-nothing.sql': 'SELECT 1;',
    })
    const database = await bench.database('15.0', { old_name: {}, top: { depends: ['old_name'] } })
    const request = requestOf({
      to: '16.0',
      tree,
      profile: 'openupgrade',
      upgradePath: [`${scripts}/openupgrade_scripts/scripts`],
    })
    const { error, findings } = await bench.upgrade(database, request)
    expect(error).toBeUndefined()
    expect(await bench.states(database)).toEqual({
      base: 'installed 16.0.1.3',
      new_name: 'installed 16.0.2.0',
      top: 'installed 16.0.1.0',
    })
    expect(findings.map(({ code }) => code)).not.toContain('PLAN_CHANGED')
  })

  test('that a script of base gives without apriori.py are planned again, and told', async () => {
    const rename = `UPDATE ir_module_module SET name = 'new_name' WHERE name = 'old_name';
      UPDATE ir_module_module_dependency SET name = 'new_name' WHERE name = 'old_name';
      UPDATE ir_model_data SET name = 'module_new_name' WHERE name = 'module_old_name';
      INSERT INTO log (entry) VALUES ('base:pre');`
    const tree = await bench.tree('17.0', {
      base: { scripts: { '17.0.1.3/pre-rename.sql': rename } },
      new_name: {
        version: '2.0',
        scripts: { '17.0.2.0/post-x.sql': "INSERT INTO log (entry) VALUES ('new_name:post');" },
      },
      top: { depends: ['new_name'] },
    })
    const database = await bench.database('16.0', { old_name: {}, top: { depends: ['old_name'] } })
    const { error, findings } = await bench.upgrade(database, requestOf({ to: '17.0', tree }))
    expect(error).toBeUndefined()
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'PLAN_CHANGED', severity: 'info' }),
    )
    expect(await bench.log(database)).toEqual(['base:pre', 'new_name:post'])
    expect(await bench.states(database)).toEqual({
      base: 'installed 17.0.1.3',
      new_name: 'installed 17.0.2.0',
      top: 'installed 17.0.1.0',
    })
    const run = await bench.run(database)
    expect(run.hops[0]?.plan.from).toBe('16.0')
    expect(run.hops[0]?.steps.map(({ name }) => name)).toEqual([
      ...['base:pre', 'base:load', 'list', 'new_name:load', 'new_name:post', 'top:load', 'checks'],
    ])
  })
})
