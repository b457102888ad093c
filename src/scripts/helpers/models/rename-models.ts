import { id, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { installedModules } from '../modules/installed-modules.js'
import { runLoggedTogether, type TableChange } from '../run-logged.js'
import { type KnownColumns, readColumns } from '../schema/column-exists.js'
import { modelTable } from '../schema/model-table.js'
import { many2oneReferences } from './many2one-references.js'
import { referenceColumns, type TableColumn } from './reference-columns.js'

export type ModelRename = readonly [from: string, to: string]

/** Tables that hold a model's name in a column, with the module that must be installed for it. */
const NAME_COLUMNS: readonly (readonly [module: string, table: string, column: string])[] = [
  ['base', 'ir_filters', 'model_id'],
  ['base', 'ir_model_fields', 'relation'],
  ['base', 'ir_exports', 'resource'],
  ['base', 'ir_act_server', 'model_name'],
  ['email_template', 'email_template', 'model'],
  ['mail', 'mail_message_subtype', 'res_model'],
  ['mail', 'mail_template', 'model'],
  ['base', 'rating_rating', 'parent_res_model'],
  ['marketing_card', 'card_campaign', 'res_model'],
]

/**
 * Renames models in everything that names them in a column of its own: reflection, external ids,
 * references, translations (15 and earlier), company values (17 and earlier), favourites, exports,
 * templates. Tables keep their names; views, actions and domains are written anew with the modules' data.
 */
export async function renameModels(
  context: HelperContext,
  renames: readonly ModelRename[],
): Promise<void> {
  const holders = await nameHolders(context)
  const known = await readColumns(context.session, [
    ...holders.map(({ table }) => table),
    'ir_translation',
    'ir_property',
  ])
  const names = holders.filter(({ table, column }) => known.has(table, column))
  for (const rename of renames) {
    context.log('info', `model ${rename[0]}: renaming to ${rename[1]}`)
    const references = await referenceColumns(context)
    await runLoggedTogether(context, [
      ...reflection(rename),
      ...names.map((holder) => replaceName(holder, rename)),
      ...prefixes(context, known, references).map((holder) => replacePrefix(holder, rename)),
    ])
  }
  context.schemaChanged?.()
}

async function nameHolders(context: HelperContext): Promise<readonly TableColumn[]> {
  const installed = await installedModules(context)
  const references = (await many2oneReferences(context)).map((reference) => ({
    table: modelTable(context.release, reference.model),
    column: reference.modelColumn,
  }))
  const others = NAME_COLUMNS.filter(([module]) => module === 'base' || installed.has(module)).map(
    ([, table, column]) => ({ table, column }),
  )
  return [...references, ...others]
}

function reflection([from, to]: ModelRename): readonly TableChange[] {
  const before = from.replaceAll('.', '_')
  const after = to.replaceAll('.', '_')
  return [
    {
      table: 'ir_model',
      statement: sql`UPDATE ir_model SET model = ${to} WHERE model = ${from}`,
    },
    {
      table: 'ir_model_data',
      statement: sql`
        UPDATE ir_model_data d
           SET name = CASE WHEN d.model = 'ir.model' THEN ${`model_${after}`}
                           ELSE ${`field_${after}__`} || substr(d.name, ${`field_${before}__`.length + 1}) END
         WHERE (d.model = 'ir.model' AND d.name = ${`model_${before}`})
            OR (d.model = 'ir.model.fields' AND EXISTS (
                  SELECT FROM ir_model_fields f
                   WHERE f.model = ${from} AND d.name = ${`field_${before}__`} || f.name))`,
    },
    {
      table: 'ir_model_fields',
      statement: sql`UPDATE ir_model_fields SET model = ${to} WHERE model = ${from}`,
    },
  ]
}

function replaceName({ table, column }: TableColumn, [from, to]: ModelRename): TableChange {
  const statement = sql`UPDATE ${id(table)} SET ${id(column)} = ${to} WHERE ${id(column)} = ${from}`
  return { table, statement }
}

/** Columns whose text begins with the model's name and a comma. */
function prefixes(
  context: HelperContext,
  known: KnownColumns,
  references: readonly TableColumn[],
): readonly TableColumn[] {
  const { major } = context.release
  const holders = [...references]
  if (major < 16 && known.has('ir_translation', 'name')) {
    holders.push({ table: 'ir_translation', column: 'name' })
  }
  if (major < 18 && known.has('ir_property', 'res_id', 'value_reference')) {
    holders.push({ table: 'ir_property', column: 'res_id' })
    holders.push({ table: 'ir_property', column: 'value_reference' })
  }
  return holders
}

function replacePrefix({ table, column }: TableColumn, [from, to]: ModelRename): TableChange {
  const text = id(column)
  const statement = sql`UPDATE ${id(table)} SET ${text} = ${`${to},`} || substr(${text}, ${from.length + 2})
              WHERE starts_with(${text}, ${`${from},`})`
  return { table, statement }
}
