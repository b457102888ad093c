/** What changes between two releases: analysis, coverage by scripts, drafts of scripts. */
export {
  type AnalysisFacts,
  type AnalyzeRequest,
  analyzeRecorded,
  analyzeReleases,
  type UpgradeAnalysis,
} from './analyze-releases.js'
export type { AnalysisLine, AnalysisSection, ChangeKind } from './compare/analysis-line.js'
export { type Assessment, type Attention, assessLine } from './compare/assess-line.js'
export {
  compareReleases,
  type ModuleAnalysis,
  type ReleaseComparison,
} from './compare/compare-releases.js'
export { type CoverageRequest, coverModules } from './coverage/cover-modules.js'
export type { CoverageState, LineCounts, ModuleCoverage } from './coverage/coverage-row.js'
export { type CoverageRow, coverageRst } from './coverage/coverage-rst.js'
export { type CustomReference, customReferences } from './database/custom-references.js'
export { measureTouched, type TouchedRows } from './database/measure-touched.js'
export type { DraftCall, DraftStep } from './drafts/draft-step.js'
export { type DraftRequest, planDraft } from './drafts/plan-draft.js'
export { pythonDraft } from './drafts/python-draft.js'
export { typescriptDraft } from './drafts/typescript-draft.js'
export {
  type AnalysisFile,
  analysisFiles,
  type FileOptions,
  folderOf,
  moduleJsons,
} from './files/analysis-files.js'
export { readIfThere, writeFiles } from './files/write-files.js'
export type { AssessedLine, ModuleAnalysisJson } from './json/analysis-json.js'
export type { NoupdateChange, NoupdateField } from './noupdate/noupdate-changes.js'
export { type ReadRecordsOptions, readReleaseRecords } from './records/read-release-records.js'
export type { RecordedRelease } from './records/recorded-release.js'
export type {
  FieldRecord,
  ModelRecord,
  RecordedModule,
  ReleaseRecords,
  XmlIdRecord,
} from './records/release-records.js'
export type { ModelSuggestion } from './renames/suggest-model-renames.js'
export type { RenameSuggestion } from './renames/suggest-renames.js'
export { analysisText, linesOf } from './texts/analysis-text.js'
export { generalLog } from './texts/general-log.js'
export { type MergedWorkFile, mergeWorkFile, newWorkFile } from './work/merge-work-file.js'
export {
  type HopScripts,
  type HopScriptsRequest,
  readHopScripts,
} from './work/read-hop-scripts.js'
export { type JudgedLine, judgeLines, remainingLines } from './work/remaining-lines.js'
export { type UpdatedWorkFile, updateWorkFiles, WORK_FILE } from './work/update-work-files.js'
export { readWorkFile, type WorkLine, type WorkState } from './work/work-file.js'
