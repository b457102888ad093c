import { afterEach, describe, expect, test } from 'vitest'
import { embeddedInMemory, useEngine } from '../../../../test/support/engines.js'
import { type Finding, Findings } from '../../../base/index.js'
import { raw, type Session } from '../../../db/index.js'
import { BEFORE_BASE, smallRelease } from '../fixtures/small-release.js'
import { openNativeLoader } from '../index.js'

const SHOP = [
  'class Lang(models.Model):',
  "    _name = 'res.lang'",
  "    _description = 'Languages'",
  '    name = fields.Char()',
  '    code = fields.Char()',
  '    active = fields.Boolean()',
  'class Shop(models.Model):',
  "    _name = 'shop'",
  "    _description = 'Shop'",
  '    name = fields.Char(translate=True)',
  '    note = fields.Html(translate=True)',
]

const DATA = `<odoo>
  <record id="fr" model="res.lang"><field name="code">fr_FR</field><field name="active" eval="True"/></record>
  <record id="one" model="shop"><field name="name">One</field><field name="note" type="html"><p>Hi</p></field></record>
  <record id="two" model="shop"><field name="name">Two</field></record>
</odoo>`

const PO = `msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#. module: shop
#: model:shop,name:shop.one
msgid "One"
msgstr "Un"

#. module: shop
#: model:shop,name:shop.two
#: model:shop,colour:shop.two
msgid "Two"
msgstr "Deux"

#. module: shop
#: model_terms:shop,note:shop.one
#: model_terms:shop,name:shop.one
msgid "Hi"
msgstr "Salut"

#. module: shop
#: model:ir.model,name:shop.model_shop
msgid "Shop"
msgstr "Boutique"
`

class Done extends Error {}

describe('translations', () => {
  const cluster = useEngine(embeddedInMemory)
  const cleanUps: (() => Promise<void>)[] = []

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp()
  })

  async function load(
    po: string,
    before: string,
    look: (session: Session, findings: readonly Finding[]) => Promise<void>,
  ): Promise<void> {
    const files = { 'data/shop.xml': DATA, 'i18n/fr.po': po }
    const release = await smallRelease({ shop: SHOP }, '16.0', { shop: files })
    cleanUps.push(() => release.remove())
    const findings: Finding[] = []
    const work = async (session: Session): Promise<void> => {
      await session.execute(raw(BEFORE_BASE))
      const scope = {
        session,
        signal: new AbortController().signal,
        addFinding: (finding: Finding) => void findings.push(finding),
        keep: () => {},
      }
      const loader = await openNativeLoader({
        source: release.source,
        findings: new Findings(),
        parity: false,
      })
      await loader.begin(scope)
      await loader.load({ module: 'base', isNew: false }, scope)
      await loader.load({ module: 'shop', isNew: true }, scope)
      if (before !== '') await session.execute(raw(before))
      await loader.afterScripts('shop', scope)
      await loader.settle(scope)
      await look(session, findings)
      throw new Done()
    }
    await cluster()
      .withSession(cluster().maintenanceDatabase, (session) =>
        session.transaction(() => work(session)),
      )
      .catch((error: unknown) => {
        if (!(error instanceof Done)) throw error
      })
  }

  const shops = async (session: Session) =>
    (await session.query(raw('SELECT name, note FROM shop ORDER BY id'))).rows

  test('fill whole fields and terms of the languages that are active', async () => {
    await load(PO, '', async (session) => {
      expect(await shops(session)).toEqual([
        {
          name: { en_US: 'One', fr_FR: 'Un' },
          note: { en_US: '<p>Hi</p>', fr_FR: '<p>Salut</p>' },
        },
        { name: { en_US: 'Two', fr_FR: 'Deux' }, note: null },
      ])
      const { rows } = await session.query(raw("SELECT name FROM ir_model WHERE model = 'shop'"))
      expect(rows).toEqual([{ name: { en_US: 'Shop', fr_FR: 'Boutique' } }])
    })
  })

  test("leave the users' own wording, and tell how many", async () => {
    const before = `UPDATE shop SET name = name || '{"fr_FR": "Mien"}', note = note || '{"fr_FR": "<p>Mienne</p>"}' WHERE name ->> 'en_US' = 'One';
      UPDATE shop SET name = NULL WHERE name ->> 'en_US' = 'Two'`
    await load(PO, before, async (session, findings) => {
      expect(await shops(session)).toEqual([
        {
          name: { en_US: 'One', fr_FR: 'Mien' },
          note: { en_US: '<p>Hi</p>', fr_FR: '<p>Mienne</p>' },
        },
        { name: null, note: null },
      ])
      expect(findings).toMatchObject([
        { code: 'TRANSLATIONS_KEPT', message: expect.stringContaining('shop: 2 ') },
      ])
    })
  })

  test('into a language that a script activates late come at the end', async () => {
    const before =
      "UPDATE res_lang SET active = false; INSERT INTO res_lang (code, active) VALUES ('fr_BE', true)"
    await load(PO, before, async (session) => {
      expect(await shops(session)).toMatchObject([{ name: { fr_BE: 'Un' } }, {}])
    })
  })

  test('that cannot be read are told, and left out', async () => {
    await load('msgid "a"\nmsgstr[x] "b"', '', async (session, findings) => {
      expect(findings).toMatchObject([{ code: 'PO_INVALID', severity: 'error' }])
      expect(await shops(session)).toMatchObject([{ name: { en_US: 'One' } }, {}])
    })
  })
})
