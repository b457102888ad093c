import type { LoadedModule, LoaderHop, LoaderPart } from '../loader-part.js'
import type { LoaderScope } from '../loader-scope.js'
import { describeModules } from './module-contents.js'
import { followModules } from './module-followers.js'

/** What follows from modules being done: their rows tell what they bring, and others follow their state. */
export class ModuleListPart implements LoaderPart {
  readonly name = 'module list'
  readonly #loaded: string[] = []

  replay({ module }: LoadedModule): void {
    this.#loaded.push(module)
  }

  async load({ module }: LoadedModule): Promise<void> {
    this.#loaded.push(module)
  }

  async settle(
    _: unknown,
    { registry, source }: LoaderHop,
    { session, addFinding }: LoaderScope,
  ): Promise<void> {
    const { models } = registry
    const scope = { session, models, release: source.release, uid: 1, addFinding }
    await describeModules(this.#loaded, scope)
    await followModules(scope)
  }
}
