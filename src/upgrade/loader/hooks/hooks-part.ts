import { askGuest } from '../ask-guest.js'
import type { ModuleHook } from '../guest.js'
import { hookLeft } from '../guest-findings.js'
import type { LoadedModule, LoaderHop, LoaderPart } from '../loader-part.js'
import type { LoaderScope } from '../loader-scope.js'

/** Hooks before the installation of modules; works before all other parts. */
export class PreHooksPart implements LoaderPart {
  readonly name = 'pre-hooks'

  async load(loaded: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    await runHook('pre', loaded, hop, scope)
  }
}

/** Hooks after the installation of modules, behind their post scripts; works behind all other parts. */
export class PostHooksPart implements LoaderPart {
  readonly name = 'post-hooks'

  async afterScripts(loaded: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    await runHook('post', loaded, hop, scope)
  }
}

async function runHook(
  kind: ModuleHook['kind'],
  { module, isNew }: LoadedModule,
  hop: LoaderHop,
  scope: LoaderScope,
): Promise<void> {
  if (!isNew) return
  const hooks = hop.source.tree.modules.get(module)?.manifest?.hooks
  const name = kind === 'pre' ? hooks?.preInit : hooks?.postInit
  if (name === undefined) return
  const hook = { module, name, kind }
  const done = await askGuest(hop, scope, (guest) => guest.runHook(hook, scope))
  if (done === undefined) scope.addFinding(hookLeft(hook))
  else hop.needs.meet(1)
}
