import type { AnalysisLine } from '../compare/analysis-line.js'
import type { ModuleAnalysis } from '../compare/compare-releases.js'

const NOTHING = '---nothing has changed in this module--'

/** The text of a module's `upgrade_analysis.txt`, as upgrade_analysis writes it. */
export function analysisText(analysis: ModuleAnalysis): string {
  const lines = sections(analysis)
  if (!hasChanges(analysis)) lines.push(NOTHING)
  return `${lines.join('\n')}\n`
}

/** Whether there is anything to tell about a module. */
export function hasChanges({ models, fields, xmlIds }: ModuleAnalysis): boolean {
  return models.length + fields.length + xmlIds.length > 0
}

/** All lines of a module, in the order of its file. */
export function linesOf({ models, fields, xmlIds }: ModuleAnalysis): readonly AnalysisLine[] {
  return [...models, ...fields, ...xmlIds]
}

/** The three sections with their heads. */
export function sections({ module, models, fields, xmlIds }: ModuleAnalysis): string[] {
  const section = (title: string, lines: readonly AnalysisLine[]): readonly string[] => [
    `---${title} in module '${module}'---`,
    ...lines.map(({ text }) => text),
  ]
  return [
    ...section('Models', models),
    ...section('Fields', fields),
    ...section('XML records', xmlIds),
  ]
}
