import { describe, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import { type Session, sql } from '../../db/index.js'
import { compareReleases } from '../compare/compare-releases.js'
import { apriori, field, release } from '../fixtures/records.js'
import { customReferences } from './custom-references.js'
import { measureTouched } from './measure-touched.js'

const old = release('15.0', ['sale'], {
  models: [{ module: 'sale', model: 'old.model', type: '' }],
  fields: [
    field('sale a.gone'),
    field('sale a.absent'),
    field('sale a.filled'),
    field('sale a.state', { type: 'selection', selection_keys: "['x', 'y']" }),
    field('sale old.model.name'),
  ],
})
const now = release('16.0', ['sale'], {
  fields: [
    field('sale a.filled', { required: 'required' }),
    field('sale a.state', { type: 'selection', selection_keys: "['x']" }),
  ],
})
const comparison = compareReleases(old, now, { apriori: apriori() })

async function fill(session: Session): Promise<void> {
  await session.execute(sql`
    CREATE TABLE a (gone varchar, filled varchar, state varchar);
    INSERT INTO a VALUES ('v', NULL, 'y'), (NULL, 'f', 'x'), ('w', NULL, NULL);
    CREATE TABLE old_model (name varchar);
    INSERT INTO old_model VALUES ('n');
    CREATE TABLE ir_model_fields (model varchar, name varchar, relation varchar, related varchar, state varchar);
    INSERT INTO ir_model_fields VALUES
      ('b', 'a_id', 'a', NULL, 'base'),
      ('b', 'x_old', 'old.model', NULL, 'manual'),
      ('b', 'x_gone', NULL, 'a_id.gone', 'manual'),
      ('b', 'x_fine', 'a', 'a_id.state', 'manual')`)
}

describe('the rows that changes touch', () => {
  const cluster = useEngine(embeddedInMemory)

  test('are counted with one statement for each table, custom fields are found', async () => {
    await cluster().withSession('postgres', async (session) => {
      await fill(session)
      const touched = await measureTouched(session, comparison, new Set(['sale']))
      expect(touched.map(({ subject, rows }) => `${subject}: ${rows}`).sort()).toEqual([
        'a.filled: 2',
        'a.gone: 2',
        'a.state: 1',
        'old_model.name: 1',
        'old_model: 1',
      ])
      expect(await measureTouched(session, comparison, new Set(['stock']))).toEqual([])
      expect(await customReferences(session, comparison)).toEqual([
        { model: 'b', field: 'x_old', what: 'vanishes', target: 'the model old.model' },
        { model: 'b', field: 'x_gone', what: 'vanishes', target: 'the field gone of a' },
      ])
    })
  })
})
