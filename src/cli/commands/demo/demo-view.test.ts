import { expect, test } from 'vitest'
import type { DemoReport } from './demo-report.js'
import { changeLines } from './demo-view.js'
import { moduleChanges } from './module-changes.js'

const REPORT: DemoReport = {
  steps: [],
  from: '15.0',
  to: '17.0',
  before: { tables: 45, columns: 491, rows: 21_716 },
  after: { tables: 44, columns: 490, rows: 21_697 },
  modules: [
    { to: '16.0', what: 'merged', module: 'booking', formerly: 'pickup' },
    { to: '16.0', what: 'renamed', module: 'loyalty', formerly: 'stamps' },
    { to: '16.0', what: 'installed', module: 'contact' },
  ],
  languages: [{ language: 'Python', scripts: 9, milliseconds: 1_900 }],
  passedOver: ['workshop 15.0.0.9.0/post-old.py'],
  samples: [
    {
      what: 'A service',
      before: { name: 'Puncture', price_cents: 1650 },
      after: { name: { en_US: 'Puncture', fr_FR: 'Crevaison' }, price: '16.50' },
    },
  ],
  database: 'workshop_17',
}

test.each([80, 140])('what changed fits a terminal of %d columns', (width) => {
  const lines = changeLines({ color: false, width }, REPORT)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
  const text = lines.join('\n')
  expect(text).toMatch(/rows +21,716 +21,697/)
  expect(text).toContain('Modules     pickup merged into booking')
  expect(text).toContain('stamps renamed to loyalty')
  expect(text).toContain('  → name en "Puncture" fr "Crevaison", price 16.50')
})

test('there are no colours where none are wanted', () => {
  const lines = changeLines({ color: false, width: undefined }, REPORT)
  expect(lines.join('').includes(String.fromCharCode(27))).toBe(false)
})

test('a module that takes the rows of one that was there before is renamed, else merged', () => {
  const module = (name: string, formerly?: string) => ({
    name,
    fate: 'upgrade' as const,
    installedVersion: '15.0.1.0',
    targetVersion: '16.0.1.0',
    ...(formerly !== undefined && { formerly: [formerly] }),
  })
  const hop = {
    from: '15.0',
    to: '16.0',
    profile: 'odoo' as const,
    loader: { choice: 'none', reason: '' } as const,
    steps: [],
    decisions: [],
    findings: [],
    modules: [
      module('base'),
      module('loyalty', 'stamps'),
      module('booking', 'pickup'),
      { ...module('contact'), fate: 'install' as const, installedVersion: null },
    ],
  }
  expect(moduleChanges([hop], new Set(['base', 'stamps', 'booking', 'pickup']))).toEqual([
    { to: '16.0', what: 'renamed', module: 'loyalty', formerly: 'stamps' },
    { to: '16.0', what: 'merged', module: 'booking', formerly: 'pickup' },
    { to: '16.0', what: 'installed', module: 'contact' },
  ])
})
