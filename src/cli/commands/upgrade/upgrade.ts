import { Emitter, type Finding, Findings, UsageError, UserError } from '../../../base/index.js'
import {
  administer,
  backupDatabase,
  type DatabaseHost,
  databaseExists,
  duplicateDatabase,
  formatOfName,
  restoreDatabase,
  withBackupFile,
} from '../../../databases/manager/index.js'
import type { Session } from '../../../db/index.js'
import {
  refuseBadPlan,
  type UpgradePlan,
  type UpgradeRequest,
} from '../../../upgrade/planning/index.js'
import {
  type RunEvents,
  registerRun,
  resumeUpgrade,
  upgradeDatabase,
} from '../../../upgrade/runner/index.js'
import {
  type CommandAction,
  type CommandContext,
  type GivenOptions,
  textOption,
} from '../../command.js'
import { connectionOf, type HostRequest, withHost } from '../../hosts.js'
import { advisingResume } from './advise-resume.js'
import { checkCheckpoints, checkRequest } from './check-request.js'
import { copyName } from './copy-name.js'
import { planUpgrade } from './plan-upgrade.js'
import { planSummary } from './plan-view.js'
import { reportResult } from './report-view.js'
import { followRun } from './run-view.js'
import { readUpgradeInput, upgradeRequest } from './upgrade-input.js'
import {
  modulesOfDatabase,
  modulesOfFile,
  refuseAmbiguous,
  releaseOfModules,
  type UpgradeSource,
  upgradeSource,
} from './upgrade-source.js'
import { checkReportName, writeAskedReport } from './write-report.js'

/** A source with everything known about it before anything is written. */
interface Prepared {
  readonly source: UpgradeSource
  readonly request: UpgradeRequest
  readonly plan: UpgradePlan
  readonly findings: readonly Finding[]
}

export const upgradeCommand: CommandAction = async (given, context) => {
  const { options } = given
  const started = performance.now()
  checkReportName(textOption(options, 'report'))
  const source = await upgradeSource(given, context)
  const inPlace = options.inPlace === true
  if (inPlace && source.kind === 'file') {
    throw new UsageError('FILE_NOT_IN_PLACE', 'A backup file is never changed', {
      hint: 'Leave --in-place out; -o FILE writes the upgraded backup.',
    })
  }
  const url = source.kind === 'database' ? source.url : undefined
  const connection = await connectionOf(options, context, url)
  const work = async (host: DatabaseHost): Promise<ReturnType<typeof reportResult>> => {
    const prepared = await prepare(host, source, options, context)
    context.announce(planSummary(prepared.plan).join('\n'))
    await checkRequest(prepared.request, options.overwrite === true)
    checkCheckpoints(prepared.plan, textOption(options, 'checkpoint'))
    const { keepGoing, tolerant } = prepared.request
    for (const hop of prepared.plan.hops) refuseBadPlan(hop, keepGoing || tolerant)
    const target = textOption(options, 'into') ?? copyName(source.name, prepared.plan)
    const database = inPlace ? source.name : target
    if (!inPlace) {
      await refuseTaken(host, target)
      context.announce(`Working on a copy, "${database}"; ${nameOf(source)} stays as it is.`)
      await copy(host, prepared, database, context)
    }
    const events = new Emitter<RunEvents>()
    followRun(events, database, options, context)
    const setup = { host, progress: context.progress, events, cache: context.environment.cache }
    const report = await advisingResume(context, database, () =>
      inPlace ? upgradeDatabase(setup, database, prepared.request) : resumeUpgrade(setup, database),
    )
    const { output } = prepared.request
    const backup =
      output === undefined
        ? undefined
        : await backupDatabase(host, database, context.progress, {
            file: output,
            format: formatOfName(output),
            overwrite: options.overwrite === true,
          })
    const reportFile = await writeAskedReport(host, database, options)
    return reportResult({
      report,
      host,
      findings: [...prepared.findings, ...report.findings],
      milliseconds: performance.now() - started,
      ...(backup !== undefined && { output: backup.file }),
      ...(reportFile !== undefined && { reportFile }),
    })
  }
  if (source.kind === 'database') {
    return withHost(connection, hostRequest(context, source.name, { database: source.name }), work)
  }
  return withBackupFile(source.file, context.progress, (backup) =>
    withHost(connection, hostRequest(context, source.name, { size: backup.expectedSize }), work),
  )
}

function hostRequest(
  { progress }: CommandContext,
  name: string,
  more: Pick<HostRequest, 'database' | 'size'>,
): HostRequest {
  return { progress, operation: `upgrade ${name}`, ...more }
}

async function prepare(
  host: DatabaseHost,
  source: UpgradeSource,
  options: GivenOptions,
  context: CommandContext,
): Promise<Prepared> {
  await refuseAmbiguous(host, source)
  const findings = new Findings()
  const input = await readUpgradeInput(options, context, findings)
  const snapshot =
    source.kind === 'file'
      ? await modulesOfFile(source.file, context)
      : await modulesOfDatabase(host, source.name)
  const request = await upgradeRequest(
    input,
    releaseOfModules(snapshot.rows, nameOf(source)),
    nameOf(source),
  )
  const plan = await planUpgrade(snapshot, request, context)
  return { source, request, plan, findings: findings.list() }
}

function nameOf(source: UpgradeSource): string {
  return source.kind === 'file' ? source.file : source.name
}

/** An earlier attempt, mostly: the way out depends on what it came to. */
async function refuseTaken(host: DatabaseHost, name: string): Promise<void> {
  const taken = await administer(host.cluster, (session) => databaseExists(session, name))
  if (!taken) return
  throw new UserError('DATABASE_EXISTS', `There is already a database "${name}"`, {
    hint: `If it is an upgrade that stopped: moult resume ${name}. Else name the copy otherwise (--into NAME), or remove it: moult db drop ${name}`,
    data: { database: name },
  })
}

/**
 * The upgraded database is to take the place of the original: it keeps its identity. The run is recorded in
 * the copy before it has its name, so that a kill at any moment leaves nothing or what can be resumed.
 */
async function copy(
  host: DatabaseHost,
  { source, request }: Prepared,
  name: string,
  { progress }: CommandContext,
): Promise<void> {
  const beforeNaming = (session: Session): Promise<void> => registerRun(session, request)
  if (source.kind === 'database') {
    await duplicateDatabase(host, { from: source.name, to: name }, progress, {
      whereabouts: 'moved',
      beforeNaming,
    })
    return
  }
  await withBackupFile(source.file, progress, (backup) =>
    restoreDatabase(host, backup, progress, { name, whereabouts: 'moved', beforeNaming }),
  )
}
