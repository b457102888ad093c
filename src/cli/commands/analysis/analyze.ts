import { basename, dirname, resolve } from 'node:path'
import {
  analysisFiles,
  analyzeReleases,
  judgeLines,
  moduleJsons,
  readHopScripts,
  remainingLines,
  type UpgradeAnalysis,
  updateWorkFiles,
  writeFiles,
} from '../../../analysis/index.js'
import { Findings, UsageError } from '../../../base/index.js'
import { expandPath, splitPaths } from '../../../config/index.js'
import { parseRelease } from '../../../odoo/release/index.js'
import {
  type CommandAction,
  type CommandContext,
  type GivenOptions,
  textOption,
} from '../../command.js'
import { type AnalysisReport, analysisLines } from './analysis-view.js'
import { aprioriOf } from './find-apriori.js'
import { type ReleaseTrees, treesOf } from './release-trees.js'
import { touchedBy } from './touched.js'

/** The folder of a release's own modules in its source tree. */
const CORE_FOLDER = 'addons'

export const analyzeCommand: CommandAction = async ({ args, options }, context) => {
  const [oldArgument = '', newArgument = ''] = args
  const findings = new Findings()
  const old = await treesOf(oldArgument, context)
  const now = await treesOf(newArgument, context)
  const upgradePaths = pathsOption(options, 'upgradePath', context) ?? now.upgradePath
  const apriori = await aprioriOf(textOption(options, 'apriori'), upgradePaths, {
    environment: context.environment,
    findings,
  })
  const readings = { cacheDirectory: context.environment.cache }
  const whole = await analyzeReleases(
    {
      old: { addonsPath: old.addonsPath, ...readings },
      now: { addonsPath: now.addonsPath, ...readings },
      apriori,
      as17: textOption(options, 'format') === '17',
    },
    context.progress,
    findings,
  )
  const touched = await touchedBy(whole, { options, context, findings })
  const analysis = restricted(whole, options, touched?.modules)
  const remaining =
    options.remaining === true ? await remainingOf(analysis, now, upgradePaths) : undefined
  const written = await writeAnalysis(analysis, options, context)
  const report: AnalysisReport = {
    from: analysis.comparison.from,
    to: analysis.comparison.to,
    modules: moduleJsons(analysis),
    facts: analysis.facts,
    suggestions: analysis.suggestions,
    models: analysis.models,
    ...(remaining !== undefined && { remaining }),
    ...(touched !== undefined && { touched: touched.rows }),
    ...written,
  }
  return {
    data: report,
    findings: findings.list(),
    lines: (view) => analysisLines(view, report),
  }
}

function pathsOption(
  options: GivenOptions,
  name: string,
  { environment }: CommandContext,
): readonly string[] | undefined {
  const text = textOption(options, name)
  return text === undefined
    ? undefined
    : splitPaths(text).map((path) => expandPath(path, environment))
}

/** Keeps the modules that are asked for; what changed in others is left out of files and report. */
function restricted(
  analysis: UpgradeAnalysis,
  options: GivenOptions,
  touched: ReadonlySet<string> | undefined,
): UpgradeAnalysis {
  const named = textOption(options, 'modules')
  if (named === undefined && options.own !== true && touched === undefined) return analysis
  const { comparison } = analysis
  const names = named === undefined ? undefined : new Set(splitPaths(named))
  const own = options.own === true ? ownModules(comparison) : undefined
  const known = new Set([
    ...comparison.modules.keys(),
    ...comparison.oldModules.map(({ name }) => name),
  ])
  for (const name of names ?? []) {
    if (known.has(name)) continue
    throw new UsageError('MODULE_UNKNOWN', `Neither release has a module "${name}"`, {
      hint: 'Check the spelling, and that its folder is on the paths of OLD and NEW.',
    })
  }
  const isKept = (name: string): boolean =>
    (names?.has(name) ?? true) && (own?.has(name) ?? true) && (touched?.has(name) ?? true)
  return {
    ...analysis,
    comparison: {
      ...comparison,
      modules: new Map([...comparison.modules].filter(([name]) => isKept(name))),
      newModules: comparison.newModules.filter(({ name }) => isKept(name)),
    },
    noupdate: new Map([...analysis.noupdate].filter(([name]) => isKept(name))),
    suggestions: analysis.suggestions.filter(({ module }) => isKept(module)),
    models: analysis.models.filter(({ module }) => isKept(module)),
  }
}

/** Modules that do not lie in a folder of Odoo's own. */
function ownModules({
  oldModules,
  newModules,
}: UpgradeAnalysis['comparison']): ReadonlySet<string> {
  const own = [...oldModules, ...newModules].filter(
    ({ folder }) => basename(dirname(folder)) !== CORE_FOLDER,
  )
  return new Set(own.map(({ name }) => name))
}

async function remainingOf(
  { comparison }: UpgradeAnalysis,
  { addonsPath }: ReleaseTrees,
  upgradePaths: readonly string[],
) {
  const release = parseRelease(comparison.to)
  if (release === undefined) return []
  const scripts = await readHopScripts({
    release,
    modules: comparison.newModules,
    addonsPath,
    upgradePaths,
  })
  const judged = judgeLines(comparison, scripts)
  return [...remainingLines(judged)].map(([module, lines]) => ({
    module,
    of: judged.get(module)?.length ?? 0,
    lines: lines.map(({ line, assessment }) => ({ ...line, reason: assessment.reason })),
  }))
}

async function writeAnalysis(
  analysis: UpgradeAnalysis,
  options: GivenOptions,
  { progress }: CommandContext,
): Promise<Pick<AnalysisReport, 'output' | 'written' | 'unchanged' | 'workFiles'>> {
  const output = textOption(options, 'output')
  if (output === undefined) {
    const useless = ['html', 'work'].find((name) => options[name] === true)
    if (useless === undefined) return {}
    throw new UsageError('OUTPUT_MISSING', `--${useless} writes files, and no folder is named`, {
      hint: 'Add -o FOLDER.',
    })
  }
  const directory = resolve(output)
  const isPart = options.own === true || textOption(options, 'modules') !== undefined
  const files = analysisFiles(analysis, {
    json: options.json === true,
    html: options.html === true,
    as17: textOption(options, 'format') === '17',
    onlyModules: isPart,
  })
  return progress.step('Writing the analysis', { unit: 'files', total: files.length }, async () => {
    const workFiles = options.work === true ? await updateWorkFiles(analysis, directory) : undefined
    const facts = await writeFiles(directory, files)
    return { output: directory, ...facts, ...(workFiles !== undefined && { workFiles }) }
  })
}
