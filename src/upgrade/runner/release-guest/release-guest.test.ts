import { describe, expect, test } from 'vitest'
import { CancelledError, type Finding, UserError } from '../../../base/index.js'
import type { Session } from '../../../db/index.js'
import type { ScriptCall, ScriptScope } from '../../../scripts/hosts/index.js'
import type { LoaderScope } from '../../loader/index.js'
import { ReleaseGuest, type ReleaseOrm } from './release-guest.js'

const SCRIPT_SCOPE = { limits: {} } as ScriptScope
const CALL: ScriptCall = {
  file: '/scripts/shop/16.0.1.0/post-x.py',
  module: 'shop',
  phase: 'post',
  directory: '16.0.1.0',
  installedVersion: '15.0.1.0',
}

/** A guest over an ORM that notes what it is asked; `failing` says what fails. */
function bench(failing: { open?: Error; extend?: Error } = {}) {
  const asked: unknown[] = []
  const findings: Finding[] = []
  const loader = { modules: ['base', 'web'] as readonly string[], settled: false }
  const state = { alive: true, opened: 0, closed: 0 }
  const orm: ReleaseOrm = {
    get alive() {
      return state.alive
    },
    leaveToHost: () => {},
    extend: async ({ modules, complete }) => {
      if (failing.extend !== undefined) throw failing.extend
      asked.push(['extend', modules, complete])
      return { modules, models: 1 }
    },
    run: async ({ file }) => void asked.push(['run', file]),
    compute: async (requests) => {
      asked.push(['compute', requests])
      return 7
    },
    initColumns: async (fields) => void asked.push(['initColumns', fields]),
    defaults: async (wanted) => wanted.map(({ count }) => Array(count).fill('4')),
    initModels: async (models, method) => void asked.push([method, models]),
    runHook: async (hook) => void asked.push(['hook', hook.name]),
    callFunction: async (element) => void asked.push(['function', element.line]),
    call: async () => null,
    close: async () => {
      state.closed += 1
    },
  }
  const guest = new ReleaseGuest({
    release: '16.0',
    open: async () => {
      state.opened += 1
      if (failing.open !== undefined) throw failing.open
      state.alive = true
      return orm
    },
    loader: async () => loader,
    scopeOf: () => SCRIPT_SCOPE,
  })
  const scope: LoaderScope = {
    // Nothing here sends a statement.
    session: {} as Session,
    signal: new AbortController().signal,
    addFinding: (finding) => findings.push(finding),
    keep: () => {},
  }
  return { asked, findings, loader, state, guest, scope }
}

const MARK = [{ model: 'res.users', field: 'mark' }]

describe("the release's own code", () => {
  test('is started when it is first needed, and gets the modules that came since together', async () => {
    const { asked, loader, state, guest, scope } = bench()
    expect(state.opened).toBe(0)
    await guest.compute('web', MARK, scope)
    await guest.compute('web', MARK, scope)
    loader.modules = ['base', 'web', 'mail', 'shop']
    await guest.initColumns('shop', MARK, scope)
    expect(state.opened).toBe(1)
    const compute = ['compute', [{ model: 'res.users', fields: ['mark'] }]]
    expect(asked).toEqual([
      ['extend', ['base', 'web'], false],
      compute,
      compute,
      ['extend', ['base', 'web', 'mail', 'shop'], false],
      ['initColumns', MARK],
    ])
  })

  test('computes all fields of a model at once, and tells in how many rows', async () => {
    const { asked, findings, guest, scope } = bench()
    await guest.compute(
      'web',
      [...MARK, { model: 'a', field: 'b' }, { model: 'a', field: 'c' }],
      scope,
    )
    expect(asked[1]).toEqual([
      'compute',
      [
        { model: 'res.users', fields: ['mark'] },
        { model: 'a', fields: ['b', 'c'] },
      ],
    ])
    expect(findings).toMatchObject([
      {
        code: 'RELEASE_CODE_USED',
        message: 'web: the code of Odoo 16.0 computed res.users.mark, a.b, a.c, 7 rows',
        data: { module: 'web', rows: 7 },
      },
    ])
  })

  test('gives each new record a default of its own', async () => {
    const { guest, scope } = bench()
    expect(await guest.defaults('web', [{ model: 'a', field: 'b', count: 2 }], scope)).toEqual([
      { model: 'a', field: 'b', values: ['4', '4'] },
    ])
  })

  test('has the models before a module for its first hook, and its own for the last', async () => {
    const { asked, guest, scope } = bench()
    await guest.runHook({ module: 'web', name: 'first', kind: 'pre' }, scope)
    await guest.runHook({ module: 'web', name: 'last', kind: 'post' }, scope)
    expect(asked).toEqual([
      ['extend', ['base'], false],
      ['hook', 'first'],
      ['extend', ['base', 'web'], false],
      ['hook', 'last'],
    ])
  })

  test('is told when no module follows', async () => {
    const { asked, loader, guest, scope, findings } = bench()
    await guest.compute('web', MARK, scope)
    loader.settled = true
    await guest.scripts((finding) => findings.push(finding)).run(CALL, SCRIPT_SCOPE)
    expect(asked.slice(2)).toEqual([
      ['extend', ['base', 'web'], true],
      ['run', CALL.file],
    ])
    expect(findings.at(-1)).toMatchObject({ code: 'RELEASE_CODE_USED', place: { file: CALL.file } })
  })

  test('is started anew when its interpreter has gone', async () => {
    const { asked, state, guest, scope } = bench()
    await guest.compute('web', MARK, scope)
    state.alive = false
    await guest.compute('web', MARK, scope)
    expect([state.opened, state.closed]).toEqual([2, 1])
    expect(asked.filter((one) => Array.isArray(one) && one[0] === 'extend')).toHaveLength(2)
  })

  test.each(['open', 'extend'] as const)(
    'is told once where it cannot be had (%s), and not tried again',
    async (what) => {
      const error = new UserError('PYTHON_PACKAGE_MISSING', 'no babel', { hint: 'Get it.' })
      const { findings, state, guest, scope } = bench({ [what]: error })
      const unavailable = { code: 'RELEASE_CODE_UNAVAILABLE', message: 'no babel' }
      await expect(guest.compute('web', MARK, scope)).rejects.toMatchObject(unavailable)
      await expect(guest.init('web', ['a'], scope)).rejects.toMatchObject(unavailable)
      expect(state.opened).toBe(1)
      expect(findings.map(({ code, hint }) => [code, hint])).toEqual([
        ['RELEASE_CODE_UNAVAILABLE', 'Get it.'],
      ])
    },
  )

  test('passes on that the run was cancelled', async () => {
    const { findings, guest, scope } = bench({ open: new CancelledError('The start') })
    await expect(guest.compute('web', MARK, scope)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(findings).toEqual([])
  })

  test('cannot be had before a module is loaded, and can later', async () => {
    const { loader, findings, state, guest, scope } = bench()
    loader.modules = []
    await expect(guest.compute('base', MARK, scope)).rejects.toMatchObject({
      code: 'RELEASE_CODE_UNAVAILABLE',
    })
    expect([state.opened, findings]).toEqual([0, []])
    loader.modules = ['base']
    await guest.compute('base', MARK, scope)
    expect(state.opened).toBe(1)
  })
})
