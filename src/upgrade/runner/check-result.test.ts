import { expect, test } from 'vitest'
import { administer } from '../../../test/support/database-suite/suite.js'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import type { Finding } from '../../base/index.js'
import { raw } from '../../db/index.js'
import { checkResult } from './check-result.js'

const cluster = useEngine(embeddedInMemory)

const MODULES = `
  CREATE TABLE ir_module_module (id serial PRIMARY KEY, name varchar, state varchar);
  INSERT INTO ir_module_module (name, state) VALUES
    ('base', 'installed'), ('sale', 'installed'), ('gone', 'to upgrade'), ('stock', 'uninstalled')`
const REST = `
  CREATE TABLE ir_module_module_dependency (id serial PRIMARY KEY, name varchar, module_id integer);
  INSERT INTO ir_module_module_dependency (name, module_id) VALUES
    ('base', 2), ('stock', 2), ('nowhere', 2), ('base', 1), ('nowhere', 4);
  CREATE TABLE ir_model (id serial PRIMARY KEY, model varchar);
  INSERT INTO ir_model (model) VALUES ('res.partner');
  CREATE TABLE ir_ui_view (id serial PRIMARY KEY, model varchar, active boolean);
  INSERT INTO ir_ui_view (model, active) VALUES
    ('res.partner', true), ('old.model', true), ('older.model', false), ('old.model', true), (NULL, true)`

test('a database without the tables of views and models is checked for its modules', async () => {
  expect(await found(MODULES)).toEqual(['MODULES_UNFINISHED'])
})

test('modules that were not loaded, dependencies that are not installed and views without a model are told', async () => {
  expect(await found(`${MODULES};${REST}`, ({ message }) => message)).toEqual([
    'Modules are still "to upgrade": gone',
    'Modules are installed without what they depend on: sale (nowhere, stock)',
    'Active views are of models that are not there (model: ids): old.model: 2, 4',
  ])
})

let count = 0

async function found(
  tables: string,
  of: (finding: Finding) => string = ({ code }) => code,
): Promise<readonly string[]> {
  count += 1
  const name = `checked${count}`
  await administer(cluster(), `CREATE DATABASE ${name}`)
  return cluster().withSession(name, async (session) => {
    await session.execute(raw(tables))
    const findings: Finding[] = []
    await checkResult(session, (finding) => findings.push(finding))
    return findings.map(of)
  })
}
