import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  analyzeReleases,
  type CoverageRow,
  coverageRst,
  coverModules,
  type ModuleCoverage,
  readHopScripts,
  type UpgradeAnalysis,
} from '../../../analysis/index.js'
import { Findings, UsageError, writeError } from '../../../base/index.js'
import { expandPath, splitPaths } from '../../../config/index.js'
import { readAddonsTree } from '../../../odoo/addons/index.js'
import { parseRelease, type Release } from '../../../odoo/release/index.js'
import {
  type CommandAction,
  type CommandContext,
  type CommandInput,
  type GivenOptions,
  textOption,
} from '../../command.js'
import { releaseArgument } from '../sources/release-argument.js'
import { releasePath } from '../upgrade/release-path.js'
import { coveragePage } from './coverage-page.js'
import { coverageLines } from './coverage-view.js'
import { aprioriOf } from './find-apriori.js'
import { installedModules } from './installed-modules.js'
import { findTrees, type ReleaseTrees, treesOf } from './release-trees.js'

export const coverageCommand: CommandAction = async (input, context) => {
  const { options } = input
  const findings = new Findings()
  const { modules, from } = await whatToCover(input, context)
  const hops = await hopsOf(from, options, context)
  const coverage: ModuleCoverage[] = []
  let names = modules
  for (const hop of hops) {
    const covered = await coverHop(names, hop, { context, findings })
    coverage.push(...covered)
    names = [...new Set(covered.flatMap(({ target }) => target ?? []))].sort()
  }
  const files = await writeReports(coverage, hops, options)
  return {
    data: { coverage, files },
    findings: findings.list(),
    lines: (view) => [...coverageLines(view, coverage), ...files.map((file) => `Wrote ${file}.`)],
  }
}

interface Hop {
  readonly from: string
  readonly to: Release
  /** Absent where there is no source of the release. */
  readonly old: ReleaseTrees | undefined
  readonly now: ReleaseTrees
  readonly apriori: string | undefined
}

async function whatToCover(
  input: CommandInput,
  context: CommandContext,
): Promise<{ readonly modules: readonly string[]; readonly from: Release }> {
  const named = textOption(input.options, 'modules')
  const given = textOption(input.options, 'from')
  if (named === undefined) return installedModules(input, context)
  if (given === undefined) {
    throw new UsageError(
      'RELEASE_MISSING',
      'With --modules the release that they are of is needed',
      {
        hint: 'Add --from 15.0, or name a database or backup instead of --modules.',
      },
    )
  }
  return { modules: splitPaths(named), from: releaseArgument(given) }
}

/** The hops with their trees: of the last one they may stand on the command line. */
async function hopsOf(
  from: Release,
  options: GivenOptions,
  context: CommandContext,
): Promise<readonly Hop[]> {
  const to = textOption(options, 'to')
  const givenNow = await givenTrees(options, 'addonsPath', context)
  const givenOld = await givenTrees(options, 'oldPath', context)
  const target = to === undefined ? await releaseOfTrees(givenNow, context) : releaseArgument(to)
  const path = releasePath(from, target)
  const hops: Hop[] = []
  for (const [index, series] of path.entries()) {
    const before = index === 0 ? from.series : (path[index - 1] ?? from.series)
    const isLast = index === path.length - 1
    const now = isLast && givenNow !== undefined ? givenNow : await treesOf(series, context)
    const old = index === 0 && givenOld !== undefined ? givenOld : await findTrees(before, context)
    const release = parseRelease(series)
    if (release === undefined) continue
    hops.push({ from: before, to: release, old, now, apriori: textOption(options, 'apriori') })
  }
  return hops
}

async function givenTrees(
  options: GivenOptions,
  name: 'addonsPath' | 'oldPath',
  context: CommandContext,
): Promise<ReleaseTrees | undefined> {
  const text = textOption(options, name)
  if (text === undefined) return undefined
  const trees = await treesOf(text, context)
  const upgrade = name === 'addonsPath' ? textOption(options, 'upgradePath') : undefined
  if (upgrade === undefined) return trees
  const upgradePath = splitPaths(upgrade).map((path) => expandPath(path, context.environment))
  return { ...trees, upgradePath }
}

async function releaseOfTrees(
  trees: ReleaseTrees | undefined,
  { progress }: CommandContext,
): Promise<Release> {
  if (trees === undefined) {
    throw new UsageError('TARGET_MISSING', 'No release to arrive at is named', {
      hint: 'Add --to 17.0, or the source tree of the release with --addons-path.',
    })
  }
  return (await readAddonsTree(trees, progress, new Findings())).release
}

interface HopContext {
  readonly context: CommandContext
  readonly findings: Findings
}

async function coverHop(
  modules: readonly string[],
  { from, to, old, now, apriori: file }: Hop,
  { context, findings }: HopContext,
): Promise<readonly ModuleCoverage[]> {
  const { environment, progress } = context
  const apriori = await aprioriOf(file, now.upgradePath, { environment, findings })
  const tree = await readAddonsTree({ ...now, release: to }, progress, findings)
  const installable = [...tree.modules.values()].filter(({ manifest }) => manifest?.installable)
  const analysis = old && (await analyze(old, now, { apriori, context, findings }))
  if (old === undefined) {
    findings.add({
      code: 'COVERAGE_WITHOUT_ANALYSIS',
      severity: 'warning',
      message: `There is no source of Odoo ${from}: what changes on the way to ${to.series} is unknown`,
      hint: `Get it with "moult sources add ${from}", or name it with --old-path.`,
    })
  }
  const scripts = await readHopScripts({
    release: to,
    modules: installable.map(({ name, folder }) => ({ name, folder })),
    addonsPath: tree.folders,
    upgradePaths: now.upgradePath,
  })
  const names = [...scripts.scripts].map(
    ([module, files]) => [module, files.map(({ name }) => name)] as const,
  )
  return coverModules({
    ...{ from, to: to.series, modules, apriori },
    newModules: new Set(installable.map(({ name }) => name)),
    scripts: new Map(names),
    workFiles: scripts.workFiles,
    ...(analysis !== undefined && { comparison: analysis.comparison }),
  })
}

async function analyze(
  old: ReleaseTrees,
  now: ReleaseTrees,
  {
    apriori,
    context,
    findings,
  }: HopContext & { readonly apriori: Awaited<ReturnType<typeof aprioriOf>> },
): Promise<UpgradeAnalysis> {
  const readings = { cacheDirectory: context.environment.cache }
  return analyzeReleases(
    {
      old: { addonsPath: old.addonsPath, ...readings },
      now: { addonsPath: now.addonsPath, ...readings },
      apriori,
    },
    context.progress,
    findings,
  )
}

async function writeReports(
  coverage: readonly ModuleCoverage[],
  hops: readonly Hop[],
  options: GivenOptions,
): Promise<readonly string[]> {
  const files: string[] = []
  const write = async (name: string, content: string): Promise<void> => {
    const file = resolve(name)
    await writeFile(file, content).catch((error: unknown) => {
      throw writeError(error, file)
    })
    files.push(file)
  }
  const html = textOption(options, 'html')
  if (html !== undefined) await write(html, coveragePage(coverage))
  const rst = textOption(options, 'rst')
  if (rst === undefined) return files
  for (const { from, to } of hops) {
    const rows = coverage.filter((row) => row.from === from && row.to === to.series).map(rstRow)
    const hop = `${from}-${to.series}`
    const name = hops.length === 1 ? rst : rst.replace(/(\.rst)?$/, `-${hop}.rst`)
    await write(name, coverageRst(rows, { from, to: to.series }))
  }
  return files
}

function rstRow({ module, state, target, reason, lines }: ModuleCoverage): CoverageRow {
  const status = { scripts: 'Done', unnecessary: 'Nothing to do' } as const
  const isMoved = state === 'renamed' || state === 'merged'
  const way = state === 'renamed' ? `Renamed to ${target}. ` : `Merged into ${target}. `
  const isUnchanged = lines !== undefined && lines.work + lines.look + lines.none === 0
  return {
    module,
    side: target === module ? 'both' : 'deleted',
    status: state === 'scripts' || state === 'unnecessary' ? status[state] : '',
    remark: isMoved
      ? way
      : isUnchanged
        ? 'No DB layout changes. '
        : state === 'missing'
          ? `${reason}. `
          : '',
  }
}
