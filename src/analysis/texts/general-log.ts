import type { ReleaseComparison } from '../compare/compare-releases.js'
import { nameMaps } from '../compare/name-maps.js'
import { sections } from './analysis-text.js'

/**
 * The text of `upgrade_general_log.txt`: models, counts of fields, and the sections of modules that are not
 * installed in the new release.
 */
export function generalLog(comparison: ReleaseComparison): string {
  const installed = new Set(comparison.newModules.map(({ name }) => name))
  const maps = nameMaps(comparison.apriori)
  const gone = [...comparison.modules.values()].filter(
    ({ module }) => !installed.has(maps.moduleOf(module)) && !installed.has(module),
  )
  const lines = [
    "---Models in module 'general'---",
    ...comparison.generalModels,
    "---Fields in module 'general'---",
    ...statisticLines(comparison),
    "---XML records in module 'general'---",
    ...gone.flatMap((analysis) => [
      'ERROR: module not in list of installed modules:',
      ...sections(analysis),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

function statisticLines({ statistics }: ReleaseComparison): readonly string[] {
  return [
    `# ${statistics.matched} fields matched,`,
    `# Direct match: ${statistics.direct}`,
    `# Found in other module: ${statistics.otherModule}`,
    // The third pass of upgrade_analysis asks for the same as its first, so it never finds anything.
    '# Found with different type: 0',
    `# In obsolete models: ${statistics.inObsoleteModels}`,
    `# New columns: ${statistics.newColumns}`,
    `# Not matched: ${statistics.notMatched}`,
  ]
}
