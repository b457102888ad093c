import type { AddonsTree } from '../../odoo/addons/index.js'
import type { AppliedRename } from '../../odoo/modules/index.js'
import { fitPicture, isSamePicture } from '../../scripts/hosts/index.js'
import { LoaderEffects, type ScriptedChange } from '../loader/index.js'
import { hopOf, type UpgradeRequest } from '../planning/index.js'
import type { RecordedHop } from './journal/index.js'
import type { LoadScope, ModuleLoader } from './module-loader.js'
import { RowLoader } from './module-rows/index.js'
import { nativeLoadData } from './native-load-data.js'
import { NativeModules } from './native-modules.js'
import { openLoader } from './open-loader.js'
import { openReleaseGuest, type ReleaseGuest } from './release-guest/index.js'
import type { ScriptRunScope } from './run-script.js'
import type { ScriptServices } from './script-services.js'
import type { UpgradeSetup } from './upgrade-database.js'

interface LoaderGiven {
  readonly database: string
  readonly request: UpgradeRequest
  readonly number: number
  readonly hop: RecordedHop
  readonly tree: AddonsTree
  readonly services: ScriptServices
}

export interface ModuleLoading {
  readonly loader: ModuleLoader
  /** The release's own code, for what this loader and the scripts cannot do without it. */
  readonly guest?: ReleaseGuest | undefined
  /** Which changes of scripts want the code of the models. */
  readonly needsModels?: NonNullable<ScriptRunScope['needsModels']>
}

/** Chooses who loads the modules of a hop that the release's own code does not load. */
export function moduleLoading(
  setup: UpgradeSetup,
  { database, request, number, hop, tree, services }: LoaderGiven,
): ModuleLoading {
  const { plan } = hop
  const rows = {
    request,
    hop: number,
    plan,
    rename: (renames: readonly AppliedRename[], scope: LoadScope) =>
      services.renameModules(renames, scope),
  }
  if (plan.loader.choice !== 'native') return { loader: new RowLoader(rows) }
  const hopRequest = hopOf(request, number)
  const { addonsPath } = hopRequest
  const { parity } = request
  const { files: store } = services
  const fitter = { fit: fitPicture, isSame: isSamePicture }
  const guest = openReleaseGuest({
    ...{ database, tree, host: setup.host, cache: setup.cache },
    upgrade: request,
    request: hopRequest,
    loader: () => native.loader(),
    operations: (session, addFinding) => services.loaderOperations(session, addFinding),
    log: (line) => setup.events.emit('scriptLog', line),
  })
  const native = new NativeModules({
    ...rows,
    done: hop.steps,
    open: (tell) => openLoader({ setup, plan, addonsPath, parity, store, fitter, guest, tell }),
  })
  services.importWith(nativeLoadData(native))
  const hopNow = async () => (await native.loader()).hop
  // What is left to the release's own code needs no telling where there is such.
  services.effectsOf(new LoaderEffects(hopNow, { fitter, isComplete: guest !== undefined }))
  if (guest === undefined) return { loader: native }
  const needsModels = async () => {
    const loader = await native.loader()
    return (change: ScriptedChange) => loader.needsModels(change)
  }
  return { loader: native, guest, needsModels }
}
