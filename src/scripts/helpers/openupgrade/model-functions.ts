import type { GuestValue } from '../../values/index.js'
import { PyTuple } from '../../values/index.js'
import type { BoundArguments } from '../calling/bound-arguments.js'
import { helper } from '../calling/helper-function.js'
import { cleanTransientModels } from '../models/clean-transient-models.js'
import { many2oneReferences } from '../models/many2one-references.js'
import { mergeModels } from '../models/merge-models.js'
import { renameModels } from '../models/rename-models.js'
import { updateModuleMovedModels } from '../models/update-module-moved-models.js'
import { isModuleInstalled } from '../modules/installed-modules.js'
import { updateModuleNames } from '../modules/update-module-names.js'
import { type MovedField, warnPossibleDataloss } from '../modules/warn-possible-dataloss.js'
import { markUnchangedCopies, updateUnchangedCopies } from '../views/cow-templates.js'

/** Models, modules and views. */
export const MODEL_FUNCTIONS = [
  helper('rename_models(cr, model_spec)', async (context, given) => {
    await renameModels(context, given.pairs('model_spec'))
  }),
  helper('merge_models(cr, old_model, new_model, ref_field)', async (context, given) => {
    await mergeModels(
      context,
      given.text('old_model'),
      given.text('new_model'),
      given.text('ref_field'),
    )
  }),
  helper('clean_transient_models(cr)', async (context) => {
    await cleanTransientModels(context)
  }),
  helper('get_many2one_references(cr)', async (context) =>
    (await many2oneReferences(context)).map(
      (one) => new PyTuple([one.model, one.idColumn, one.modelColumn, one.modelIdColumn]),
    ),
  ),
  helper(
    'update_module_moved_models(cr, model, old_module, new_module)',
    async (context, given) => {
      await updateModuleMovedModels(
        context,
        given.text('model'),
        given.text('old_module'),
        given.text('new_module'),
      )
    },
  ),
  helper('is_module_installed(cr, module)', (context, given) =>
    isModuleInstalled(context, given.text('module')),
  ),
  helper('update_module_names(cr, namespec, merge_modules=False)', async (context, given) => {
    await updateModuleNames(context, given.pairs('namespec'), given.flag('merge_modules'))
  }),
  helper('warn_possible_dataloss(cr, pool, old_module, fields)', async (context, given) => {
    const fields = given.items('fields').map((field) => movedField(given, field))
    await warnPossibleDataloss(context, given.text('old_module'), fields)
  }),
  helper(
    'cow_templates_mark_if_equal_to_upstream(cr, mark_colname=None)',
    async (context, given) => {
      await markUnchangedCopies(context, given.optionalText('mark_colname'))
    },
  ),
  helper('cow_templates_replicate_upstream(cr, mark_colname=None)', async (context, given) => {
    await updateUnchangedCopies(context, given.optionalText('mark_colname'))
  }),
]

function movedField(given: BoundArguments, field: GuestValue): MovedField {
  const entry = (key: string): string =>
    given.asText(field instanceof Map ? field.get(key) : undefined, `fields[…]['${key}']`)
  return { table: entry('table'), field: entry('field'), newModule: entry('new_module') }
}
