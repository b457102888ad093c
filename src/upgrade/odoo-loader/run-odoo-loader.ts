import { CancelledError, MoultError, UserError } from '../../base/index.js'
import {
  createOdooGuest,
  type OdooGuest,
  type ScriptScope,
  sqlOperations,
  WatchedSession,
} from '../../scripts/hosts/index.js'
import type { GuestOperations } from '../../scripts/values/index.js'
import { CommitGate } from './commit-gate.js'
import type { LoaderCommit } from './loader-commit.js'
import { LoaderProgress, loaderOperations } from './loader-operations.js'
import type { OdooLoaderOptions, OdooLoaderReport } from './odoo-loader-options.js'
import { readLoaderResult } from './read-loader-result.js'
import { serverWideModules } from './server-wide-modules.js'
import { StatementMeter } from './statement-meter.js'
import { transactionOperations } from './transaction-operations.js'

/**
 * Upgrades a database with the release's own code: `Registry.new(…, update_module=True)` in an interpreter,
 * with `--update` and `--load` as the options say. Rejects with ODOO_FAILED (`data.module`, `data.script`,
 * `data.traceback`), with what `onCommit` rejected with, and whatever {@link createOdooGuest} rejects with;
 * commits that were made stay.
 */
export async function runOdooLoader(options: OdooLoaderOptions): Promise<OdooLoaderReport> {
  const { events, session } = options
  const started = performance.now()
  const meter = new StatementMeter()
  const progress = new LoaderProgress(events, meter)
  const refused: { error?: unknown } = {}
  const onCommit = async (commit: LoaderCommit): Promise<void> => {
    try {
      await options.onCommit(commit)
    } catch (error) {
      refused.error = error
      throw error
    }
  }
  let pausedBefore: string | undefined
  const onModule = (module: string): void => {
    if (options.pauseBefore?.(module) !== true) return
    pausedBefore = module
    throw new CancelledError(module)
  }
  const scope = scopeOf({ ...options, onCommit }, { progress, meter, onModule })
  const costs = (ready: number) => ({
    ...meter.total,
    milliseconds: performance.now() - started,
    startMilliseconds: ready - started,
  })
  let guest: OdooGuest | undefined
  let ready = started
  try {
    guest = await createOdooGuest(
      {
        ...options.guest,
        serverWide: options.guest.serverWide ?? serverWideModules(options.profile),
      },
      scope,
    )
    ready = performance.now()
    const what = `The upgrade by Odoo ${options.guest.release}`
    const result = await guest.run(
      { action: 'load', parameters: parametersOf(options), what },
      scope,
    )
    return { pausedBefore, ...readLoaderResult(result), ...costs(ready) }
  } catch (error) {
    // An interpreter that died has left its transaction open.
    await session.send('ROLLBACK').catch(() => {})
    if (pausedBefore !== undefined) return { pausedBefore, models: 0, modules: [], ...costs(ready) }
    // Odoo tells of it as of an error of its own.
    throw refused.error ?? placed(error, progress)
  } finally {
    await guest?.close()
  }
}

function parametersOf(options: OdooLoaderOptions): Record<string, unknown> {
  return {
    update: options.update,
    init: options.init,
    without_demo: options.withoutDemo ?? false,
    finished: options.finished,
    script_commits: options.allowScriptCommit,
    overwrite_translations: options.overwriteTranslations ?? false,
    languages: (options.languages ?? []).join(','),
    foreign_scripts: options.foreignScripts ?? [],
    keep_going: options.keepGoing ?? false,
  }
}

interface Watch {
  readonly progress: LoaderProgress
  readonly meter: StatementMeter
  /** Hears of a module before it is processed, and stops the loader by throwing. */
  readonly onModule: (module: string) => void
}

function scopeOf(options: OdooLoaderOptions, { progress, meter, onModule }: Watch): ScriptScope {
  const { session, events, limits, signal, onCommit, allowScriptCommit } = options
  const watched = new WatchedSession(session, {
    onStatement: (text) => events.emit('statement', { text }),
    onRows: () => {},
  })
  const sql = sqlOperations({ session: watched, commit: async () => {}, rollback: async () => {} })
  const tellOfCommit = (honoured: boolean): void => {
    const { module, script } = progress
    events.emit('scriptCommitted', { module, file: script?.file, honoured })
  }
  const gate = new CommitGate({
    honoursAll: allowScriptCommit,
    onWithheld: () => tellOfCommit(false),
  })
  const counted = new WatchedSession(session, {
    onStatement: (text) => {
      meter.count()
      events.emit('statement', { text })
    },
    onRows: () => {},
  })
  const operations: GuestOperations = {
    ...options.operations?.(counted),
    ...measured(sql, meter),
    ...measured(transactionOperations(session, gate), meter),
    ...loaderOperations(progress, {
      onModule: (module) => {
        if (module.updates) onModule(module.module)
        gate.close()
      },
      onCommit: async (commit) => {
        await onCommit(commit)
        gate.announce(commit.kind)
        if (commit.kind === 'script') tellOfCommit(true)
      },
      onCommitIgnored: () => tellOfCommit(false),
    }),
  }
  return {
    session: watched,
    operations,
    log: (line) => events.emit('log', { ...line, module: progress.module }),
    signal,
    limits,
    cancelStatement: () => session.stop(),
  }
}

function measured(operations: GuestOperations, meter: StatementMeter): GuestOperations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (args, keywords) => meter.measure(() => operation(args, keywords)),
    ]),
  )
}

/** Names the module and the script that an error came from. */
function placed(error: unknown, { module, script }: LoaderProgress): unknown {
  if (!(error instanceof MoultError) || error.code !== 'ODOO_FAILED') return error
  const where = [module, script?.logLine].filter((part) => part !== undefined).join(', ')
  const { message, hint, place, data, cause } = error
  return new UserError(error.code, where === '' ? message : `${message} (${where})`, {
    ...(hint !== undefined && { hint }),
    ...(place !== undefined && { place }),
    data: {
      ...data,
      ...(module !== undefined && { module }),
      ...(script !== undefined && { script: script.file }),
    },
    ...(cause !== undefined && { cause }),
  })
}
