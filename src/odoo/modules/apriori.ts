/** What OpenUpgrade's apriori.py says of modules: old name → new name, in the file's order. */
export interface Apriori {
  readonly renamedModules: ReadonlyMap<string, string>
  readonly mergedModules: ReadonlyMap<string, string>
  /** Only for the analysis of releases. */
  readonly renamedModels: ReadonlyMap<string, string>
  readonly mergedModels: ReadonlyMap<string, string>
}

/** Nothing was renamed or merged. */
export const NO_APRIORI: Apriori = {
  renamedModules: new Map(),
  mergedModules: new Map(),
  renamedModels: new Map(),
  mergedModels: new Map(),
}
