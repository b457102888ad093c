import { describe, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../test/support/engines.js'
import { CancelledError, type Finding, Findings, UserError } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import { askGuest } from './ask-guest.js'
import { BEFORE_BASE, smallRelease } from './fixtures/small-release.js'
import type { Guest } from './guest.js'
import { openNativeLoader } from './index.js'

const GUEST: Guest = {
  autoInit: async () => {},
  init: async () => {},
  initColumns: async () => {},
  compute: async () => {},
  defaults: async () => [],
  runHook: async () => {},
  callFunction: async () => {},
}

const SHOP = [
  'import random',
  'class Shop(models.Model):',
  "    _name = 'shop'",
  "    _description = 'Shop'",
  '    name = fields.Char(required=True)',
  '    color = fields.Integer(default=lambda self: random.randint(1, 11))',
  '    note = fields.Char(translate=True, default=lambda self: self._note())',
]

/** Rolls a test's transaction back. */
class Done extends Error {}

describe('the guest', () => {
  const cluster = useEngine(embeddedInMemory)
  const findings: Finding[] = []
  const inDatabase = (body: (session: Session) => Promise<void>): Promise<void> =>
    cluster()
      .withSession(cluster().maintenanceDatabase, (session) =>
        session.transaction(async () => {
          findings.length = 0
          await session.execute(raw(BEFORE_BASE))
          await body(session)
          throw new Done()
        }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof Done)) throw error
      })
  const scopeOf = (session: Session) => ({
    session,
    signal: new AbortController().signal,
    addFinding: (finding: Finding) => void findings.push(finding),
    keep: () => {},
  })

  test('fails for itself: what it wrote is undone, and told', () =>
    inDatabase(async (session) => {
      const failing = async (): Promise<void> => {
        await session.execute(raw(`INSERT INTO res_users (login) VALUES ('guest')`))
        throw new UserError('ODOO_FAILED', 'ValueError: no', { data: { traceback: '…' } })
      }
      expect(await askGuest({ guest: GUEST }, scopeOf(session), failing)).toBeUndefined()
      const { rows } = await session.query(raw(`SELECT login FROM res_users`))
      expect(rows).toEqual([{ login: '__system__' }])
      expect(findings).toMatchObject([{ code: 'RELEASE_CODE_FAILED', data: { traceback: '…' } }])
    }))

  test('that cannot be started has told so itself; a run that is cancelled ends', () =>
    inDatabase(async (session) => {
      const ask = (error: Error) =>
        askGuest({ guest: GUEST }, scopeOf(session), async () => {
          throw error
        })
      expect(await ask(new UserError('RELEASE_CODE_UNAVAILABLE', 'no'))).toBeUndefined()
      await expect(ask(new CancelledError('The run'))).rejects.toMatchObject({ code: 'CANCELLED' })
      await expect(ask(new TypeError('a mistake'))).rejects.toThrow('a mistake')
      expect(findings).toEqual([])
    }))

  /** Loads records whose defaults only code knows, and a call. */
  async function loadShop(session: Session, guest: Guest | undefined): Promise<readonly unknown[]> {
    const data = `<odoo>
      <record id="one" model="shop"><field name="name">One</field></record>
      <record id="two" model="shop"><field name="name">Two</field><field name="color">3</field></record>
      <record id="three" model="shop"><field name="name">Three</field></record>
      <function model="shop" name="colour_all"/>
    </odoo>`
    const release = await smallRelease({ shop: SHOP }, '16.0', { shop: { 'data/shop.xml': data } })
    try {
      const loader = await openNativeLoader({
        ...{ source: release.source, findings: new Findings(), parity: true },
        ...(guest !== undefined && { guest }),
      })
      const scope = scopeOf(session)
      await loader.begin(scope)
      await loader.load({ module: 'base', isNew: false }, scope)
      await loader.load({ module: 'shop', isNew: true }, scope)
    } finally {
      await release.remove()
    }
    return (await session.query(raw('SELECT name, color, note FROM shop ORDER BY id'))).rows
  }

  test('gives new records their defaults, and makes the calls of data files', () =>
    inDatabase(async (session) => {
      const calls: unknown[] = []
      const guest: Guest = {
        ...GUEST,
        defaults: async (_, wanted) =>
          wanted.map(({ model, field, count }) => ({
            model,
            field,
            values: Array.from({ length: count }, (_none, at) => `${at + 7}`),
          })),
        callFunction: async ({ module, line, mode }) => void calls.push([module, line, mode]),
      }
      expect(await loadShop(session, guest)).toEqual([
        { name: 'One', color: 7, note: { en_US: '7' } },
        { name: 'Two', color: 3, note: { en_US: '8' } },
        { name: 'Three', color: 8, note: { en_US: '9' } },
      ])
      expect(calls).toEqual([['shop', 5, 'init']])
      expect(findings).toEqual([])
    }))

  test('that does not answer leaves findings of what is not done', () =>
    inDatabase(async (session) => {
      const fails = async () => {
        throw new UserError('ODOO_FAILED', 'no')
      }
      const guest: Guest = { ...GUEST, defaults: fails, callFunction: fails }
      expect(await loadShop(session, guest)).toMatchObject([
        { color: null, note: null },
        { color: 3, note: null },
        { color: null, note: null },
      ])
      expect(findings.map(({ code, data }) => [code, data?.field, data?.rows])).toEqual([
        ['RELEASE_CODE_FAILED', undefined, undefined],
        ['VALUE_DEFERRED', 'color', 2],
        ['VALUE_DEFERRED', 'note', 3],
        ['RELEASE_CODE_FAILED', undefined, undefined],
        ['RECORD_CALL_LEFT', undefined, undefined],
      ])
    }))
})
