import { describe, expect, test } from 'vitest'
import { ExpressionFolder } from '../../../../odoo/models/index.js'
import type { Release } from '../../../../odoo/release/index.js'
import { parseRelease } from '../../../../odoo/release/index.js'
import type { ValueScope } from '../values/value-scope.js'
import { XmlIdStore } from '../xml-id-store.js'
import { templateRecord } from './template-record.js'

function scope(): ValueScope {
  const xmlIds = new XmlIdStore()
  xmlIds.set('web.layout', { model: 'ir.ui.view', id: 7, noupdate: false, exists: true })
  return {
    module: 'shop',
    release: parseRelease('16.0') as Release,
    folder: new ExpressionFolder({ read: () => undefined }),
    xmlIds,
    seen: new Map(),
  }
}

const base = { kind: 'template', line: 1, scope: 0 } as const

describe('the view of a template', () => {
  test('is named by its full identifier', () => {
    const xml = '<template id="page" name="Page"><div/></template>'
    const given = { ...base, id: 'page', attributes: { id: 'page', name: 'Page' }, xml }
    const values = templateRecord(given, false, scope())
    expect(values.get('key')).toBe('shop.page')
    expect(values.get('arch')).toBe(
      '<?xml version="1.0"?>\n<t name="Page" t-name="shop.page"><div/></t>',
    )
  })

  test('keeps its attributes where it extends another, and leaves the activation to the user', () => {
    const attributes = { id: 'more', inherit_id: 'web.layout', active: 'False', priority: '20' }
    const xml =
      '<template id="more" inherit_id="web.layout" active="False" priority="20"><a/></template>'
    const given = { ...base, id: 'more', attributes, xml }
    expect(templateRecord(given, true, scope()).has('active')).toBe(false)
    const values = templateRecord(given, false, scope())
    expect([values.get('active'), values.get('inherit_id'), values.get('priority')]).toEqual([
      false,
      7,
      20,
    ])
    expect(values.get('arch')).toContain('<data inherit_id="web.layout" active="False"')
  })

  test('renames its copy where it is primary', () => {
    const attributes = { id: 'own', inherit_id: 'web.layout', primary: 'True' }
    const xml = '<template id="own" inherit_id="web.layout" primary="True"/>'
    const values = templateRecord({ ...base, id: 'own', attributes, xml }, false, scope())
    expect(values.get('mode')).toBe('primary')
    expect(values.get('arch')).toContain('<attribute name="t-name">shop.own</attribute>')
  })
})
