import { describe, expect, it } from 'vitest'
import type { HopPlan, PlanStep } from '../planning/index.js'
import { LoaderCheckpoints } from './loader-checkpoints.js'

const of = (module: string) => ({ module, installedVersion: '', targetVersion: '' })
const load = (module: string): PlanStep => ({
  ...of(module),
  kind: 'load',
  completes: true,
  index: 1,
  total: 3,
  isNew: false,
})
const scripts = (module: string, phase: 'pre' | 'end'): PlanStep => ({
  ...of(module),
  kind: 'scripts',
  phase,
  scripts: [],
  completes: false,
})
const steps: readonly PlanStep[] = [
  load('base'),
  { kind: 'list' },
  scripts('account', 'pre'),
  load('account'),
  load('sale'),
  scripts('website', 'end'),
  { kind: 'checks' },
]
const hop = { hop: 1, plan: { steps } as HopPlan }

describe("checkpoints of Odoo's loader", () => {
  it('are made before the first step of a module that was asked for, once', () => {
    const checkpoints = new LoaderCheckpoints(hop, ['account'])
    expect(checkpoints.due(undefined, 0)).toBeUndefined()
    expect(checkpoints.wants('sale')).toBe(false)
    expect(checkpoints.wants('account')).toBe(true)
    expect(checkpoints.due('account', 1)).toEqual({ hop: 1, step: 2, before: 'account:pre' })
    expect(checkpoints.wants('account')).toBe(false)
    expect(checkpoints.due('account', 2)).toBeUndefined()
  })

  it('are made before a resumed run starts the interpreter, where it would stop at once', () => {
    const checkpoints = new LoaderCheckpoints(hop, ['account'])
    expect(checkpoints.due(undefined, 2)).toEqual({ hop: 1, step: 2, before: 'account:pre' })
    expect(checkpoints.wants('account')).toBe(false)
  })

  it('are made before all modules that are planned', () => {
    const checkpoints = new LoaderCheckpoints(hop, ['*'])
    const wanted = ['base', 'account', 'sale', 'website', 'unplanned']
    expect(wanted.filter((name) => checkpoints.wants(name))).toEqual(['base', 'account', 'sale'])
  })

  it('are not made of a module that is under way', () => {
    const checkpoints = new LoaderCheckpoints(hop, ['account'])
    expect(checkpoints.due(undefined, 3)).toBeUndefined()
  })
})
