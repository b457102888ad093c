/**
 * Helpers of migration scripts: one set of functions, for TypeScript scripts directly and for Python
 * scripts under the names of openupgradelib and odoo.upgrade.util (docs/helper-operations.md).
 */
export {
  type BinaryColumn,
  convertBinaryToAttachment,
} from './attachments/convert-binary-to-attachment.js'
export { type DataFile, deferLoadData, type LoadData, type LoadMode } from './data/load-data.js'
export { addColumns, type NewColumn } from './fields/add-columns.js'
export { addFields, type NewField } from './fields/add-fields.js'
export { addIrModelFields } from './fields/add-ir-model-fields.js'
export {
  type CompanyConversion,
  convertToCompanyDependent,
} from './fields/convert-to-company-dependent.js'
export {
  type FieldReferenceRename,
  renameFieldReferences,
} from './fields/rename-field-references.js'
export { type FieldRename, renameFields } from './fields/rename-fields.js'
export { renameProperty } from './fields/rename-property.js'
export { type MovedFields, updateModuleMovedFields } from './fields/update-module-moved-fields.js'
export { disableInvalidFilters } from './filters/disable-invalid-filters.js'
export type {
  AttachmentFiles,
  HelperContext,
  HelperLogLevel,
  HelperOrm,
  ModuleFiles,
} from './helper-context.js'
export { callHelper, helperOperations } from './helper-operations.js'
export { HELPERS } from './helper-table.js'
export { type HtmlColumn, reportBootstrap } from './html/bootstrap.js'
export { convertFieldToHtml, type HtmlConversion } from './html/convert-field-to-html.js'
export { plaintextToHtml } from './html/plaintext-to-html.js'
export { cleanTransientModels } from './models/clean-transient-models.js'
export { type Many2oneReference, many2oneReferences } from './models/many2one-references.js'
export { mergeModels } from './models/merge-models.js'
export { type ModelRename, renameModels } from './models/rename-models.js'
export { updateModuleMovedModels } from './models/update-module-moved-models.js'
export { installedModules, isModuleInstalled } from './modules/installed-modules.js'
export { type ModuleRename, updateModuleNames } from './modules/update-module-names.js'
export { type MovedField, warnPossibleDataloss } from './modules/warn-possible-dataloss.js'
export { checkValues } from './records/check-values.js'
export {
  type CopySide,
  copyFieldsMultilang,
  type MultilangCopy,
} from './records/copy-fields-multilang.js'
export { type DateConversion, dateToDatetimeTz } from './records/date-to-datetime-tz.js'
export {
  type AnalyticColumns,
  fillAnalyticDistribution,
} from './records/fill-analytic-distribution.js'
export { type M2oConversion, m2oToX2m } from './records/m2o-to-x2m.js'
export { mapValues, type ValueMapping } from './records/map-values.js'
export { type MergeOptions, mergeRecords } from './records/merge-records/merge-records.js'
export type { FieldOperations } from './records/merge-records/merge-values.js'
export { type FieldMove, moveFieldM2o } from './records/move-field-m2o.js'
export { type DefaultValue, setDefaults } from './records/set-defaults.js'
export { columnExists } from './schema/column-exists.js'
export { columnTypeOf } from './schema/column-type.js'
export { type ColumnCopy, copyColumns } from './schema/copy-columns.js'
export { dropColumns } from './schema/drop-columns.js'
export { floatToInteger } from './schema/float-to-integer.js'
export { legacyName } from './schema/legacy-name.js'
export { liftConstraints } from './schema/lift-constraints.js'
export { modelTable } from './schema/model-table.js'
export { removeTablesFks } from './schema/remove-tables-fks.js'
export { type ColumnRenames, renameColumns } from './schema/rename-columns.js'
export { renameTables, type TableRename } from './schema/rename-tables.js'
export { tableExists } from './schema/table-exists.js'
export { markUnchangedCopies, updateUnchangedCopies } from './views/cow-templates.js'
export { addXmlId, type NewXmlId } from './xml-ids/add-xmlid.js'
export { deleteRecordTranslations } from './xml-ids/delete-record-translations.js'
export { deleteRecordsByXmlId } from './xml-ids/delete-records.js'
export { deleteSqlConstraint } from './xml-ids/delete-sql-constraint.js'
export { renameXmlIds, type XmlIdRename } from './xml-ids/rename-xmlids.js'
export { setXmlIdsNoupdate } from './xml-ids/set-noupdate.js'
export { updateModuleMovedTranslations } from './xml-ids/update-module-moved-translations.js'
export { parseXmlId, type XmlId } from './xml-ids/xml-id.js'
