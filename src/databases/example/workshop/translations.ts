import { type Session, sql } from '../../../db/index.js'

/** Texts in French and German, by model, field and English text. */
const TRANSLATIONS: readonly (readonly [
  model: string,
  field: string,
  english: string,
  french: string,
  german: string,
])[] = [
  ['workshop.service', 'name', 'Small tune-up', 'Petit entretien', 'Kleine Inspektion'],
  ['workshop.service', 'name', 'Large tune-up', 'Grand entretien', 'Große Inspektion'],
  ['workshop.service', 'name', 'Winter check', "Contrôle d'hiver", 'Wintercheck'],
  ['workshop.service', 'name', 'Puncture', 'Crevaison', 'Reifenpanne'],
  ['workshop.service', 'name', 'New chain', 'Chaîne neuve', 'Neue Kette'],
  ['workshop.service', 'name', 'Brake pads', 'Plaquettes de frein', 'Bremsbeläge'],
  ['workshop.service', 'name', 'Wash', 'Lavage', 'Wäsche'],
  [
    'workshop.service',
    'description',
    'By hand, with a smile',
    'À la main, avec le sourire',
    'Von Hand, mit einem Lächeln',
  ],
  ['workshop.tag', 'name', 'Warranty', 'Garantie', 'Garantie'],
  ['workshop.tag', 'name', 'Second hand', 'Occasion', 'Gebraucht'],
  ['workshop.pricelist', 'name', 'Public prices', 'Prix publics', 'Listenpreise'],
  ['res.country', 'name', 'Belgium', 'Belgique', 'Belgien'],
  ['res.country', 'name', 'Germany', 'Allemagne', 'Deutschland'],
]

/** Fills `ir_translation` as Odoo 15 does: one row for each record, field and language. */
export async function writeTranslations(session: Session): Promise<void> {
  const rows = JSON.stringify(
    TRANSLATIONS.flatMap(([model, field, source, french, german], position) =>
      [
        { lang: 'fr_FR', value: french },
        { lang: 'de_DE', value: german },
      ].map((text) => ({ ...text, key: `${model},${field}`, source, position })),
    ),
  )
  await session.query(sql`
    WITH texts AS (
      SELECT 'workshop.service,name' AS key, id, name AS source FROM workshop_service
      UNION ALL SELECT 'workshop.service,description', id, description FROM workshop_service
      UNION ALL SELECT 'workshop.tag,name', id, name FROM workshop_tag
      UNION ALL SELECT 'workshop.pricelist,name', id, name FROM workshop_pricelist
      UNION ALL SELECT 'res.country,name', id, name FROM res_country)
    INSERT INTO ir_translation (name, res_id, lang, type, src, value, module, state)
    SELECT t.key, x.id, t.lang, 'model', t.source, t.value, split_part(t.key, '.', 1), 'translated'
      FROM jsonb_to_recordset(${rows}::jsonb) AS t(key text, source text, lang text, value text, position int)
      JOIN texts x ON x.key = t.key AND x.source = t.source
     ORDER BY t.position, t.lang DESC`)
}
