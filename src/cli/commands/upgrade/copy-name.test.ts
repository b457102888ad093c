import { expect, test } from 'vitest'
import type { HopPlan } from '../../../upgrade/planning/index.js'
import { copyName } from './copy-name.js'

const hop = (from: string, to: string): HopPlan => ({
  from,
  to,
  profile: 'odoo',
  loader: { choice: 'none', reason: '' },
  steps: [],
  modules: [],
  decisions: [],
  findings: [],
})

test.each([
  ['acme', ['15.0', '16.0'], 'acme_16'],
  ['acme_15', ['15.0', '16.0', '17.0'], 'acme_17'],
  ['acme_16', ['15.0', '17.0'], 'acme_16_17'],
  ['acme', ['17.0', '17.0'], 'acme_17'],
  ['acme_17', ['17.0', '17.0'], 'acme_17_upgraded'],
  ['_15', ['15.0', '16.0'], '15_16'],
  ['odoo-15.0 demo!', ['15.0', '16.0'], 'odoo-15.0_demo__16'],
  ['x'.repeat(80), ['15.0', '16.0'], `${'x'.repeat(60)}_16`],
])('a copy of %s on its way over %j is named %s', (source, path, name) => {
  const hops = path.slice(1).map((to, at) => hop(path[at] ?? '', to))
  expect(copyName(source, { hops })).toBe(name)
})
