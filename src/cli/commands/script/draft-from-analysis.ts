import { posix } from 'node:path'
import {
  analyzeReleases,
  type DraftStep,
  planDraft,
  pythonDraft,
  typescriptDraft,
} from '../../../analysis/index.js'
import { type Findings, UsageError } from '../../../base/index.js'
import { type CommandContext, type GivenOptions, textOption } from '../../command.js'
import { aprioriOf } from '../analysis/find-apriori.js'
import { treesOf } from '../analysis/release-trees.js'

/** Scripts drafted from a module's analysis: file names and texts, by phase. */
export interface AnalysisDrafts {
  readonly version: string
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly steps: number
  /** Steps that stand in the scripts as comments. */
  readonly guesses: number
}

const PHASES = ['pre', 'post', 'end'] as const
const MOMENTS = {
  pre: 'before the module is loaded',
  post: 'when the module is loaded',
  end: 'when all modules are loaded',
} as const

/**
 * Drafts the scripts of a module from what changes between `--from` and `--to`.
 *
 * Errors: CONFLICTING_OPTIONS, RELEASES_MISSING, MODULE_UNKNOWN, NOTHING_TO_DRAFT, those of reading the releases.
 */
export async function draftFromAnalysis(
  module: string,
  version: string | undefined,
  request: {
    readonly options: GivenOptions
    readonly context: CommandContext
    readonly findings: Findings
  },
): Promise<AnalysisDrafts> {
  const { options, context, findings } = request
  const language = textOption(options, 'language') ?? 'py'
  if (language === 'sql') {
    throw new UsageError(
      'CONFLICTING_OPTIONS',
      'Drafts from an analysis are Python or TypeScript',
      {
        hint: 'Use --language py or --language ts.',
      },
    )
  }
  const analysis = await analysisOf(module, { options, context, findings })
  const { comparison, noupdate, suggestions } = analysis
  const found = comparison.newModules.find(({ name }) => name === module)
  const lines = comparison.modules.get(module)
  if (found === undefined || lines === undefined) {
    throw new UsageError('MODULE_UNKNOWN', `Odoo ${comparison.to} has no module "${module}"`, {
      hint: 'Check the spelling, and that its folder is on the path of --to.',
    })
  }
  const folder = version ?? found.version
  const file = noupdate.has(module) ? posix.join(folder, 'noupdate_changes.xml') : undefined
  const own = suggestions.filter((suggestion) => suggestion.module === module)
  const steps = planDraft({ analysis: lines, suggestions: own, noupdateFile: file })
  if (steps.length === 0) {
    throw new UsageError('NOTHING_TO_DRAFT', `No change of ${module} asks for a script`, {
      hint: `See them all: moult analyze … --modules ${module}`,
    })
  }
  const text = language === 'ts' ? typescriptDraft : pythonDraft
  const files = PHASES.flatMap((phase) => {
    const part = steps.filter((step) => step.phase === phase)
    if (part.length === 0) return []
    const title = `${module} ${folder}, ${phase}: ${MOMENTS[phase]}.`
    return [{ name: `${phase}-migration.${language}`, text: text(title, part) }]
  })
  return { version: folder, files, steps: steps.length, guesses: countGuesses(steps) }
}

async function analysisOf(
  module: string,
  { options, context, findings }: Parameters<typeof draftFromAnalysis>[2],
) {
  const [from, to] = [textOption(options, 'from'), textOption(options, 'to')]
  if (from === undefined || to === undefined) {
    throw new UsageError('RELEASES_MISSING', 'An analysis compares two releases', {
      hint: 'Add --from 15.0 --to 16.0, or the folders of their source trees.',
    })
  }
  const [old, now] = [await treesOf(from, context), await treesOf(to, context)]
  const { environment, progress } = context
  const given = textOption(options, 'apriori')
  const apriori = await aprioriOf(given, now.upgradePath, { environment, findings })
  const readings = { cacheDirectory: environment.cache }
  return analyzeReleases(
    {
      old: { addonsPath: old.addonsPath, ...readings },
      now: { addonsPath: now.addonsPath, ...readings },
      apriori,
      only: new Set([module]),
    },
    progress,
    findings,
  )
}

function countGuesses(steps: readonly DraftStep[]): number {
  return steps.filter(({ isGuess }) => isGuess).length
}
