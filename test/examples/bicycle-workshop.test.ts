import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Findings, Progress } from '../../src/base/index.js'
import { workshopRequest } from '../../src/cli/commands/demo/workshop-request.js'
import { WORKSHOP_COUNTS, WORKSHOP_MODULES } from '../../src/databases/example/index.js'
import { raw } from '../../src/db/index.js'
import { readAddonsTree } from '../../src/odoo/addons/index.js'
import { told } from '../support/kill-suite.js'
import { openWorkshopBench, WORKSHOP, type WorkshopBench } from '../support/workshop-bench.js'

let bench: WorkshopBench
const answered = new Map<string, readonly unknown[]>()

beforeAll(async () => {
  bench = await openWorkshopBench('embedded')
  const run = await bench.upgrade('upgraded')
  expect(run.exit, told(run)).toBe(0)
  await bench.withHost(({ cluster }) =>
    cluster.withSession('upgraded', async (session) => {
      for (const [what, query] of ANSWERS) {
        const { rows } = await session.query<{ x: unknown }>(raw(query))
        answered.set(
          what,
          rows.map(({ x }) => x),
        )
      }
    }),
  )
}, 240_000)
afterAll(() => bench?.close())

test('the modules of the database are those of the 15.0 tree', async () => {
  const tree = await readAddonsTree(
    { addonsPath: [join(WORKSHOP, '15.0')] },
    new Progress(),
    new Findings(),
  )
  const found = [...tree.modules.values()].map(({ name, manifest }) => ({
    name,
    version: manifest?.version,
    title: manifest?.name,
    depends: manifest?.depends,
  }))
  const known = WORKSHOP_MODULES.map(({ summary, ...module }) => module)
  expect(found.sort(byName)).toEqual([...known].sort(byName))
})

test('the demo upgrades as the configuration says', () => {
  const config = JSON.parse(readFileSync(join(WORKSHOP, 'moult.config.json'), 'utf8'))
  const { hops } = workshopRequest('workshop', WORKSHOP)
  const inside = (path: string): string => path.slice(WORKSHOP.length + 1)
  expect({
    to: hops.at(-1)?.to,
    releases: Object.fromEntries(
      hops.map(({ to, addonsPath, upgradePath }) => [
        to,
        {
          addonsPath: addonsPath.map(inside),
          ...(upgradePath.length > 0 && { upgradePath: upgradePath.map(inside) }),
        },
      ]),
    ),
  }).toEqual(config)
})

/** Questions to the upgraded database, and what it must answer. */
const ANSWERS: readonly (readonly [what: string, query: string, answers: readonly unknown[]])[] = [
  [
    'modules are renamed, merged, installed and at their versions',
    "SELECT name || ' ' || state || ' ' || latest_version AS x FROM ir_module_module ORDER BY name",
    [
      'base installed 17.0.1.3',
      'workshop installed 17.0.2.1.0',
      'workshop_booking installed 17.0.2.1.0',
      'workshop_contact installed 17.0.1.1.0',
      'workshop_contact_loyalty installed 17.0.1.0.0',
      'workshop_loyalty installed 17.0.2.0.0',
      'workshop_pricelist installed 17.0.2.0.0',
    ],
  ],
  [
    'no external id is left of a module that is gone',
    "SELECT count(*)::int AS x FROM ir_model_data WHERE module IN ('workshop_stamps', 'workshop_pickup')",
    [0],
  ],
  ['no repair is lost', 'SELECT count(*)::int AS x FROM workshop_repair', [WORKSHOP_COUNTS.jobs]],
  [
    'states have their new names',
    'SELECT DISTINCT state AS x FROM workshop_repair ORDER BY 1',
    ['cancel', 'done', 'draft', 'progress', 'ready'],
  ],
  [
    'cents are euros, to the cent',
    `SELECT r.total = sum(l.quantity * l.price) AS x FROM workshop_repair r
       JOIN workshop_repair_line l ON l.repair_id = r.id GROUP BY r.id, r.total ORDER BY 1 LIMIT 1`,
    [true],
  ],
  [
    'texts are in all their languages',
    "SELECT name AS x FROM workshop_service WHERE name->>'en_US' = 'Wash'",
    [{ en_US: 'Wash', fr_FR: 'Lavage', de_DE: 'Wäsche' }],
  ],
  [
    'names of people are split, those of firms are not',
    `SELECT concat_ws('|', firstname, lastname) AS x FROM res_partner
      WHERE ref IN ('C00040', 'C00061', 'C00104') ORDER BY ref`,
    ['', 'Zola', 'Inès|De Smet'],
  ],
  [
    'pickups are part of their bookings',
    'SELECT count(pickup_address)::int AS x FROM workshop_booking',
    [WORKSHOP_COUNTS.pickups],
  ],
  [
    'minutes are hours',
    'SELECT count(*)::int AS x FROM workshop_booking WHERE duration * 60 <> minutes OR duration IS NULL',
    [0],
  ],
  [
    'cards have their level',
    `SELECT level || ' ' || min(points) || ' to ' || max(points) AS x FROM workshop_loyalty_card
      GROUP BY level ORDER BY min(points)`,
    ['bronze 0 to 40', 'silver 50 to 90', 'gold 120 to 120'],
  ],
  ['wizards are empty', 'SELECT count(*)::int AS x FROM workshop_booking_reminder', [0]],
  [
    'what the end scripts remembered is gone',
    "SELECT key AS x FROM ir_config_parameter WHERE key LIKE 'workshop.%'",
    ['workshop.hourly_rate'],
  ],
  [
    'favourites and exports name the new fields',
    `SELECT context AS x FROM ir_filters UNION ALL SELECT name FROM ir_exports_line ORDER BY 1`,
    ['name', 'partner_id', 'total', "{'group_by': ['partner_id']}", "{'group_by': ['partner_id']}"],
  ],
]

test.each(ANSWERS)('%s', (what, _, answers) => {
  expect(answered.get(what)).toEqual(answers)
})

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1
}
