import { compareCodePoints } from '../../odoo/release/index.js'

/** A row of the coverage file. */
export interface CoverageRow {
  readonly module: string
  /** The module is only in the new release, or only in the old one. */
  readonly side: 'both' | 'new' | 'deleted'
  /** What people write: `Done`, `Nothing to do`; empty where nothing is decided. */
  readonly status: string
  /** Text of the third cell, with a blank behind it as upgrade_analysis writes it. */
  readonly remark: string
}

const NAME = 49
const STATUS = 22
/** Branch 17.0 pads its cells wider than the rule below them. */
const WIDE = 51

export interface CoverageTextOptions {
  readonly from: string
  readonly to: string
  /** The widths of branch 17.0 of upgrade_analysis. */
  readonly as17?: boolean
}

/** The text of OpenUpgrade's `modules150-160.rst`. */
export function coverageRst(
  rows: readonly CoverageRow[],
  { from, to, as17 = false }: CoverageTextOptions,
): string {
  const title = `Module coverage ${from} -> ${to}`
  const rule = `+${'-'.repeat(NAME)}+${'-'.repeat(STATUS)}+${'-'.repeat(NAME)}+`
  const width = as17 ? WIDE : NAME
  const line = ({ module, side, status, remark }: CoverageRow): string => {
    const mark = side === 'both' ? '' : side === 'new' ? '|new| ' : '|del| '
    const name = ` ${mark}${module}`.padEnd(width)
    const state = (status === '' ? '' : ` ${status}`).padEnd(STATUS)
    return `|${name}|${state}|${remark.padEnd(width)}|\n${rule}\n`
  }
  const head = `| ${'Module'.padEnd(NAME - 1)}| ${'Status'.padEnd(STATUS - 1)}+ ${'Extra Information'.padEnd(NAME - 1)}|`
  return [
    title,
    '='.repeat(title.length),
    '',
    '.. include:: coverage_legend.rst',
    '',
    rule,
    head,
    rule.replaceAll('-', '='),
    rows.map(line).join(''),
  ].join('\n')
}

/** What the third cell says of a module, the first that applies. */
export function coverageRemark(
  module: string,
  apriori: {
    readonly renamedModules: ReadonlyMap<string, string>
    readonly mergedModules: ReadonlyMap<string, string>
  },
  hasChanges: boolean,
): string {
  const merged = apriori.mergedModules.get(module)
  if (merged !== undefined) return `Merged into ${merged}. `
  const renamed = apriori.renamedModules.get(module)
  if (renamed !== undefined) return `Renamed to ${renamed}. `
  const from = [...apriori.renamedModules].find(([, now]) => now === module)
  if (from !== undefined) return `Renamed from ${from[0]}. `
  return hasChanges ? '' : 'No DB layout changes. '
}

/** Modules of both releases by name, and on which side they are. */
export function coverageSides(
  olds: Iterable<string>,
  news: Iterable<string>,
): readonly (readonly [module: string, side: CoverageRow['side']])[] {
  const old = new Set(olds)
  const now = new Set(news)
  return [...new Set([...old, ...now])].sort(compareCodePoints).map((module) => {
    const side = old.has(module) && now.has(module) ? 'both' : now.has(module) ? 'new' : 'deleted'
    return [module, side]
  })
}
