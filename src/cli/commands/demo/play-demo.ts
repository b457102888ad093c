import { basename, join } from 'node:path'
import { Emitter } from '../../../base/index.js'
import { createWorkshop, WORKSHOP_MODULES } from '../../../databases/example/index.js'
import {
  backupDatabase,
  createEmptyDatabase,
  type DatabaseHost,
  duplicateDatabase,
  filestoreOf,
  restoreDatabase,
  withBackupFile,
} from '../../../databases/manager/index.js'
import {
  type HopPlan,
  planPath,
  readModuleSnapshot,
  refuseBadPlan,
} from '../../../upgrade/planning/index.js'
import { type RunEvents, upgradeDatabase } from '../../../upgrade/runner/index.js'
import type { CommandContext } from '../../command.js'
import { count, formatBytes, formatDuration } from '../../output/units.js'
import { planSummary } from '../upgrade/plan-view.js'
import type { DemoReport, DemoStep } from './demo-report.js'
import { type DatabaseMeasure, measureDatabase } from './measure-database.js'
import { moduleChanges } from './module-changes.js'
import { pairSamples, readSamples, type SampleRow } from './sample-rows.js'
import { timeScripts } from './script-times.js'
import { workshopRequest } from './workshop-request.js'

const SOURCE = 'workshop'
const RESULT = 'workshop_17'
const TEST_COPY = 'workshop_test'

interface Look {
  readonly measure: DatabaseMeasure
  readonly samples: readonly SampleRow[]
}

/** Makes the example's database, upgrades a copy, backs the result up and makes a harmless test copy of it. */
export async function playDemo(
  host: DatabaseHost,
  home: string,
  context: CommandContext,
): Promise<DemoReport> {
  const { progress } = context
  const steps: DemoStep[] = []
  const step = async <T>(command: string, body: () => Promise<Told<T>>): Promise<T> => {
    const started = performance.now()
    const { outcome, value } = await body()
    const milliseconds = performance.now() - started
    steps.push({ command, outcome, milliseconds })
    const [first, ...rest] = outcome
    const lines = [`${first} (${formatDuration(milliseconds)})`, ...rest]
    context.announce(`✔ ${command}\n${lines.map((line) => `  ${line}`).join('\n')}`)
    return value
  }
  const before = await step(`moult db create ${SOURCE}`, () => makeSource(host, context))
  const upgraded = await step(`moult upgrade ${SOURCE} --to 17.0`, () => upgrade(host, context))
  const after = await look(host, RESULT, 'after')
  const file = join(home, `${RESULT}.zip`)
  await step(`moult db backup ${RESULT} ${RESULT}.zip --verify`, async () => {
    const report = await backupDatabase(host, RESULT, progress, {
      file,
      format: 'zip',
      verify: true,
    })
    return {
      value: undefined,
      outcome: [`${formatBytes(report.size)} in Odoo's own format, read again and found sound`],
    }
  })
  await step(`moult db restore ${RESULT}.zip ${TEST_COPY} --neutralize`, async () => {
    const report = await withBackupFile(file, progress, (backup) =>
      restoreDatabase(host, backup, progress, { name: TEST_COPY, neutralize: true }),
    )
    const { files = 0 } = report.filestore ?? {}
    return {
      value: undefined,
      outcome: [
        `${count(report.tables, 'table')} and ${count(files, 'file')}, for tests: no jobs, no mail`,
      ],
    }
  })
  const { plans, languages } = upgraded
  return {
    steps,
    from: plans[0]?.from ?? '',
    to: plans.at(-1)?.to ?? '',
    before: before.measure,
    after: after.measure,
    modules: moduleChanges(plans, new Set(WORKSHOP_MODULES.map(({ name }) => name))),
    languages,
    passedOver: passedOver(plans),
    samples: pairSamples(before.samples, after.samples),
    database: RESULT,
  }
}

interface Told<T> {
  readonly value: T
  readonly outcome: readonly string[]
}

async function makeSource(host: DatabaseHost, { progress }: CommandContext): Promise<Told<Look>> {
  const found = await progress.step(
    'Starting',
    { unit: 'databases', total: 1 },
    async (running) => {
      await createEmptyDatabase(host, SOURCE)
      await host.cluster.withSession(SOURCE, (session) =>
        createWorkshop(session, filestoreOf(host, SOURCE)),
      )
      running.advance(1)
      return look(host, SOURCE, 'before')
    },
  )
  const { tables, rows } = found.measure
  const modules = count(WORKSHOP_MODULES.length, 'module')
  return {
    value: found,
    outcome: [`${modules}, ${tables} tables, ${count(rows, 'row')} of Odoo 15.0`],
  }
}

async function upgrade(host: DatabaseHost, { progress, environment }: CommandContext) {
  const request = workshopRequest(SOURCE)
  const snapshot = await host.cluster.withSession(SOURCE, readModuleSnapshot)
  const plan = await planPath(snapshot, request, progress)
  for (const hop of plan.hops) refuseBadPlan(hop)
  await duplicateDatabase(host, { from: SOURCE, to: RESULT }, progress, { whereabouts: 'moved' })
  const events = new Emitter<RunEvents>()
  const languages = timeScripts(events)
  const setup = { host, progress, events, cache: environment.cache }
  const report = await upgradeDatabase(setup, RESULT, request)
  return {
    value: { plans: report.hops.map((hop) => hop.plan), languages: languages() },
    outcome: [`on a copy, ${RESULT}`, ...planSummary(plan)],
  }
}

function look(host: DatabaseHost, database: string, side: 'before' | 'after'): Promise<Look> {
  return host.cluster.withSession(database, async (session) => ({
    measure: await measureDatabase(session),
    samples: await readSamples(session, side),
  }))
}

function passedOver(plans: readonly HopPlan[]): readonly string[] {
  return plans.flatMap(({ decisions }) =>
    decisions.flatMap(({ phase, selected, module, path, directory = '' }) =>
      phase === undefined || selected ? [] : [`${module} ${directory}/${basename(path)}`],
    ),
  )
}
