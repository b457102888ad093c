import { describe, expect, it } from 'vitest'
import { Emitter } from '../../base/index.js'
import type { GuestValue } from '../../scripts/values/index.js'
import type { LoaderCommit } from './loader-commit.js'
import type { OdooLoaderEvents } from './loader-events.js'
import { LoaderProgress, loaderOperations } from './loader-operations.js'
import { StatementMeter } from './statement-meter.js'

const NAMES = [
  'moduleStarted',
  'moduleFinished',
  'scriptStarted',
  'scriptFinished',
  'phaseStarted',
] as const

function listen(onCommit: (commit: LoaderCommit) => Promise<void> = async () => {}) {
  const events = new Emitter<OdooLoaderEvents>()
  const heard: (readonly [string, unknown])[] = []
  for (const name of NAMES) events.on(name, (event) => heard.push([name, event]))
  const meter = new StatementMeter()
  const progress = new LoaderProgress(events, meter)
  const modules: string[] = []
  let ignored = 0
  const operations = loaderOperations(progress, {
    onCommit,
    onModule: ({ module }) => modules.push(module),
    onCommitIgnored: () => {
      ignored += 1
    },
  })
  const ask = (name: string, ...args: readonly GuestValue[]) => operations[name]?.(args, new Map())
  return { heard, meter, progress, ask, modules, ignored: () => ignored }
}

describe('what Odoo tells of its loader', () => {
  it('becomes events, with what modules and scripts cost', async () => {
    const { heard, meter, ask } = listen()
    await ask('loader.module', 'sale', 3, 71, 2, true)
    await meter.measure(async () => {})
    await ask('loader.script', 'sale', 'pre', '16.0.1.2', '/up/sale/pre-x.py', 'module sale: …')
    await meter.measure(async () => {})
    await meter.measure(async () => {})
    await ask('loader.script_done')
    await ask('loader.commit', 'module', '{"module": "sale"}')
    await ask('loader.phase', 'end')
    const module = { module: 'sale', index: 3, total: 71, pass: 2, updates: true }
    const cost = { milliseconds: expect.any(Number), sqlMilliseconds: expect.any(Number) }
    const script = expect.objectContaining({ file: '/up/sale/pre-x.py', directory: '16.0.1.2' })
    expect(heard).toEqual([
      ['moduleStarted', module],
      ['scriptStarted', script],
      ['scriptFinished', expect.objectContaining({ ...cost, phase: 'pre', statements: 2 })],
      ['moduleFinished', { ...module, ...cost, statements: 3 }],
      ['phaseStarted', { phase: 'end' }],
    ])
  })

  it('knows what it was at when it failed', async () => {
    const { progress, ask } = listen()
    await ask('loader.module', 'sale', 3, 71, 2, true)
    await ask('loader.script', 'sale', 'pre', '16.0.1.2', '/up/sale/pre-x.py', 'module sale: …')
    expect(progress.module).toBe('sale')
    expect(progress.script?.file).toBe('/up/sale/pre-x.py')
  })

  it('does not finish a module whose commit the host refuses', async () => {
    const { heard, ask } = listen(async () => {
      throw new Error('no')
    })
    await ask('loader.module', 'sale', 3, 71, 2, true)
    await expect(ask('loader.commit', 'module', '{"module": "sale"}')).rejects.toThrow('no')
    expect(heard.map(([name]) => name)).toEqual(['moduleStarted'])
  })

  it('tells of commits of scripts that do nothing', async () => {
    const { ignored, ask } = listen()
    await ask('loader.module', 'sale', 3, 71, 2, true)
    await ask('loader.commit_ignored')
    expect(ignored()).toBe(1)
  })

  it('tells of a module before it begins', async () => {
    const { modules, ask } = listen()
    await ask('loader.module', 'base', 1, 1, 1, true)
    await ask('loader.module', 'sale', 3, 71, 2, false)
    expect(modules).toEqual(['base', 'sale'])
  })

  it.each([
    ['loader.module', [1]],
    ['loader.module', ['sale', 'x', 1, 1, true]],
    ['loader.phase', [null]],
  ] as const)('refuses arguments of the wrong kind: %s', async (name, args) => {
    const { ask } = listen()
    await expect(ask(name, ...args)).rejects.toMatchObject({ kind: 'type' })
  })
})
