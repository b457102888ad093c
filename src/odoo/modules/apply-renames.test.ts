import { describe, expect, test } from 'vitest'
import { applyRenames } from './apply-renames.js'
import { NO_APRIORI } from './apriori.js'
import { rowsOf, statesOf } from './fixtures/build-modules.js'

const apriori = (renamed: Record<string, string>, merged: Record<string, string> = {}) => ({
  ...NO_APRIORI,
  renamedModules: new Map(Object.entries(renamed)),
  mergedModules: new Map(Object.entries(merged)),
})

describe('renamed and merged modules', () => {
  test('a rename changes the row and every dependency on it', () => {
    const rows = rowsOf({ transfer: { depends: ['payment'] }, shop: { depends: ['transfer'] } })
    const renamed = applyRenames(rows, apriori({ transfer: 'custom' }))
    expect(statesOf(renamed.rows)).toEqual({ custom: 'installed', shop: 'installed' })
    expect(renamed.rows.get('shop')?.dependencies).toEqual([
      { name: 'custom', autoInstallRequired: false },
    ])
    expect(renamed.applied).toEqual([
      { kind: 'renamed', old: 'transfer', new: 'custom', source: 'apriori' },
    ])
  })

  test('a merge deletes the old row; the new one takes over state and version only when uninstalled', () => {
    const rows = rowsOf({
      fetchmail: { latestVersion: '15.0.1.1' },
      mail: { latestVersion: '15.0.1.5' },
      gmail: { latestVersion: '15.0.2.0' },
      google: { state: 'uninstalled' },
    })
    const { rows: merged } = applyRenames(rows, apriori({}, { fetchmail: 'mail', gmail: 'google' }))
    expect([...merged.values()]).toMatchObject([
      { name: 'mail', state: 'installed', latestVersion: '15.0.1.5' },
      { name: 'google', state: 'installed', latestVersion: '15.0.2.0' },
    ])
  })

  test('a merge into a module without a row is a rename', () => {
    const { rows } = applyRenames(rowsOf({ pad: {} }), apriori({}, { pad: 'editor' }))
    expect(statesOf(rows)).toEqual({ editor: 'installed' })
  })

  test('dependencies are renamed even where the old module has no row, and none is left twice', () => {
    const rows = rowsOf({ shop: { depends: ['pad', 'editor'] } })
    const { rows: renamed, applied } = applyRenames(rows, apriori({ pad: 'editor' }))
    expect(renamed.get('shop')?.dependencies.map(({ name }) => name)).toEqual(['editor'])
    expect(applied).toEqual([])
  })

  test('a rename onto a name that is taken is a conflict', () => {
    const rows = rowsOf({ coupon: {}, loyalty: { state: 'uninstalled' } })
    const { conflicts, rows: after } = applyRenames(rows, apriori({ coupon: 'loyalty' }))
    expect(conflicts).toMatchObject([{ old: 'coupon', new: 'loyalty' }])
    expect(after).toEqual(rows)
  })

  test('a key with blanks matches nothing in strict mode, and is corrected otherwise', () => {
    const rows = rowsOf({ gift_card: {}, loyalty: { state: 'uninstalled' } })
    const names = apriori({}, { 'gift_card ': 'loyalty' })
    const strict = applyRenames(rows, names, { strict: true })
    expect([strict.rows, strict.applied]).toEqual([rows, []])
    const lenient = applyRenames(rows, names)
    expect(statesOf(lenient.rows)).toEqual({ loyalty: 'installed' })
    expect(lenient.applied).toMatchObject([{ source: 'corrected-key', old: 'gift_card' }])
    expect([strict.blankKeys, lenient.blankKeys]).toEqual([['gift_card '], ['gift_card ']])
  })

  test('the environment and decisions rename behind apriori, and say so', () => {
    const environment = { renamed: new Map([['b', 'c']]), merged: new Map() }
    const { rows, applied } = applyRenames(rowsOf({ a: {}, lost: {} }), apriori({ a: 'b' }), {
      environment,
      replacedBy: new Map([['lost', 'found']]),
    })
    expect(statesOf(rows)).toEqual({ c: 'installed', found: 'installed' })
    expect(applied.map(({ source }) => source)).toEqual(['apriori', 'environment', 'decision'])
  })
})
