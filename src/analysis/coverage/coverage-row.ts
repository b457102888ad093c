/** What is known of the way of a module from one release to the next. */
export type CoverageState =
  /** There are scripts for it. */
  | 'scripts'
  /** Nothing changed that asks for a script. */
  | 'unnecessary'
  /** Something changed that asks for a script, and there is none. */
  | 'missing'
  | 'renamed'
  | 'merged'
  /** The new release has no module of this name, and nobody says what became of it. */
  | 'gone'
  /** Without the sources of both releases nobody can tell. */
  | 'unknown'

/** One module on one hop. */
export interface ModuleCoverage {
  readonly from: string
  readonly to: string
  readonly module: string
  readonly state: CoverageState
  /** Its name in the new release, where it has one. */
  readonly target: string | undefined
  /** Files, relative to the folder of the module's scripts: `16.0.1.2/pre-migration.py`. */
  readonly scripts: readonly string[]
  /** Lines of the analysis by what they ask for; undefined without an analysis. */
  readonly lines: LineCounts | undefined
  /** Lines that ask for work and of which no comment in the work file says that it was done. */
  readonly open: readonly string[]
  readonly reason: string
}

export interface LineCounts {
  readonly work: number
  readonly look: number
  readonly none: number
}
