import type { Apriori } from '../../odoo/modules/index.js'

/** Where names of the old release went, one look-up each: chains are not followed, renamed wins over merged. */
export interface NameMaps {
  readonly moduleOf: (module: string) => string
  /** Only renamed models: fields of merged ones do not match. */
  readonly renamedModel: (model: string) => string
  readonly modelOf: (model: string) => string
  /** The old name of a model that was renamed to this one. */
  readonly oldModelOf: (model: string) => string | undefined
}

/** The look-ups of an apriori, with its names exactly as they are written. */
export function nameMaps(apriori: Apriori): NameMaps {
  const { renamedModules, mergedModules, renamedModels, mergedModels } = apriori
  const inverse = new Map([...renamedModels].map(([old, now]) => [now, old]))
  return {
    moduleOf: (module) => renamedModules.get(module) ?? mergedModules.get(module) ?? module,
    renamedModel: (model) => renamedModels.get(model) ?? model,
    modelOf: (model) => renamedModels.get(model) ?? mergedModels.get(model) ?? model,
    oldModelOf: (model) => inverse.get(model),
  }
}
