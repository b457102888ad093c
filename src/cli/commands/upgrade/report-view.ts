import type { Finding } from '../../../base/index.js'
import type { DatabaseHost } from '../../../databases/manager/index.js'
import type { UpgradeReport } from '../../../upgrade/runner/index.js'
import type { CommandResult } from '../../command.js'
import { count, formatDuration } from '../../output/units.js'
import { countsOf } from './plan-view.js'

export interface ReportInput {
  readonly report: UpgradeReport
  readonly host: DatabaseHost
  readonly findings: readonly Finding[]
  readonly milliseconds: number
  /** File that the upgraded backup was written to. */
  readonly output?: string
  /** File that the report was written to. */
  readonly reportFile?: string
}

/** What a finished upgrade tells, to people and machines. */
export function reportResult(input: ReportInput): CommandResult {
  const { report, host, findings, milliseconds, output, reportFile } = input
  const { database, from, to } = report
  return {
    data: {
      database,
      run: report.run,
      from,
      to,
      engine: host.cluster.kind,
      address: host.cluster.address,
      milliseconds: Math.round(milliseconds),
      hops: report.hops.map(({ plan, milliseconds: took }) => ({
        from: plan.from,
        to: plan.to,
        milliseconds: Math.round(took),
        ...countsOf(plan),
      })),
      ...(output !== undefined && { output }),
      ...(reportFile !== undefined && { report: reportFile }),
    },
    findings,
    lines: () => [
      `${outcomeOf(report)} (${formatDuration(milliseconds)}; ${host.cluster.kind}, ${host.cluster.address}).`,
      ...report.hops.map(({ plan, milliseconds: took }) => {
        const counts = countsOf(plan)
        return `  ${plan.from} → ${plan.to}  ${count(counts.upgraded + counts.installed, 'module')}, ${count(counts.scripts, 'script')} in ${formatDuration(took)}`
      }),
      ...(output === undefined ? [] : [`  backup     ${output}`]),
      ...(reportFile === undefined ? [] : [`  report     ${reportFile}`]),
    ],
  }
}

/** A database whose modules nobody has loaded is not at the release, whatever its module list says. */
function outcomeOf({ database, to, hops }: UpgradeReport): string {
  const unloaded = hops.filter(({ plan }) => plan.loader.choice === 'none')
  if (unloaded.length === 0) return `"${database}" is at Odoo ${to} now`
  const releases = unloaded.map(({ plan }) => plan.to).join(' and ')
  return `"${database}" has the scripts and the module list of Odoo ${to}; the modules of ${releases} were not loaded`
}
