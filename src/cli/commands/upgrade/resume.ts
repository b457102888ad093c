import { Emitter, UsageError } from '../../../base/index.js'
import {
  backupDatabase,
  type DatabaseHost,
  formatOfName,
  listCheckpoints,
  restoreCheckpoint,
} from '../../../databases/manager/index.js'
import { type RecordedRun, type RunEvents, resumeUpgrade } from '../../../upgrade/runner/index.js'
import { type CommandAction, type CommandContext, textOption } from '../../command.js'
import { connectionOf, forEachHost, withHost } from '../../hosts.js'
import { advisingResume } from './advise-resume.js'
import { findRuns, onlyUnfinished } from './find-run.js'
import { reportResult } from './report-view.js'
import { followRun } from './run-view.js'
import { scriptHostOptions, withScriptHostOptions } from './script-host-options.js'
import { checkReportName, writeAskedReport } from './write-report.js'

export const resumeCommand: CommandAction = async ({ args, options }, context) => {
  const started = performance.now()
  checkReportName(textOption(options, 'report'))
  const connection = await connectionOf(options, context)
  const named = args[0] ?? textOption(options, 'database')
  const from = textOption(options, 'from')
  const hosts = scriptHostOptions(options)
  const database =
    named ??
    onlyUnfinished((await forEachHost(connection, 'resume', (host) => findRuns(host))).flat())
      .database
  const request = { progress: context.progress, operation: `resume ${database}`, database }
  return withHost(connection, request, async (host) => {
    if (from !== undefined) await goBack(host, database, from, context)
    const events = new Emitter<RunEvents>()
    followRun(events, database, options, context)
    const setup = { host, progress: context.progress, events, cache: context.environment.cache }
    const report = await advisingResume(context, database, () =>
      resumeUpgrade(setup, database, (given) => ({
        ...withScriptHostOptions(given, hosts),
        allowScriptCommit: given.allowScriptCommit || options.allowScriptCommit === true,
        keepGoing: given.keepGoing || options.keepGoing === true,
      })),
    )
    const { findings, output } = report
    if (output !== undefined) {
      await backupDatabase(host, database, context.progress, {
        file: output,
        format: formatOfName(output),
        overwrite: options.overwrite === true,
      })
    }
    const reportFile = await writeAskedReport(host, database, options)
    const milliseconds = performance.now() - started
    return reportResult({
      report,
      host,
      findings,
      milliseconds,
      ...(output !== undefined && { output }),
      ...(reportFile !== undefined && { reportFile }),
    })
  })
}

/** Puts the last checkpoint before a step in the place of the database. */
async function goBack(
  host: DatabaseHost,
  database: string,
  from: string,
  { progress, announce }: CommandContext,
): Promise<void> {
  const [found] = await findRuns(host, database)
  if (found === undefined) throw new UsageError('RUN_UNKNOWN', `"${database}" has no upgrade`)
  const wanted = stepNamed(found.run, from)
  const checkpoints = await listCheckpoints(host, database)
  const checkpoint = checkpoints.findLast(
    ({ hop, step }) => hop < wanted.hop || (hop === wanted.hop && step <= wanted.step),
  )
  if (checkpoint === undefined) {
    throw new UsageError('CHECKPOINT_MISSING', `No checkpoint lies before ${from}`, {
      hint:
        checkpoints.length === 0
          ? 'Upgrade with --checkpoint MODULE (or --checkpoint all) to make some.'
          : `There are: ${checkpoints.map(({ before }) => before).join(', ')}.`,
    })
  }
  announce(`Going back to the checkpoint before ${checkpoint.before}.`)
  await progress.step('Restoring the checkpoint', { unit: 'databases', total: 1 }, async (step) => {
    await restoreCheckpoint(host, database, checkpoint)
    step.advance(1)
  })
}

/** The step of a name, in the last hop that has one. */
function stepNamed(
  run: RecordedRun,
  name: string,
): { readonly hop: number; readonly step: number } {
  const [module, phase] = name.split(':')
  for (const { hop, plan } of [...run.hops].reverse()) {
    const step = plan.steps.findIndex((candidate) => {
      if (!('module' in candidate)) return candidate.kind === name
      const own = candidate.kind === 'scripts' ? candidate.phase : candidate.kind
      return candidate.module === module && (phase === undefined || own === phase)
    })
    if (step >= 0) return { hop, step }
  }
  throw new UsageError('STEP_UNKNOWN', `The plan has no step "${name}"`, {
    hint: 'Steps are named MODULE:PHASE, such as account:post; moult status --json lists them.',
  })
}
