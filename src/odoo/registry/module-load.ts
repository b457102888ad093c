import type { RegistryModel } from './registry-model.js'

/** What loading one module did to the registry; models are as they stand right behind it. */
export interface ModuleLoad {
  readonly module: string
  /** Models that the module's classes create or extend, in the order of its classes. */
  readonly touched: readonly string[]
  /** Those among them that were not there before. */
  readonly created: readonly string[]
  /**
   * Models that Odoo initialises with the module (`init_models`): touched ones and their descendants by
   * `_inherit` and `_inherits`, in Odoo's order. Their schema and reflection are the module's matter.
   */
  readonly initialised: readonly RegistryModel[]
  /**
   * Models that are another than before in any way, among them models whose related fields follow a
   * change elsewhere. Whoever compares the whole registry module by module needs to look at these only.
   */
  readonly changed: readonly RegistryModel[]
}
