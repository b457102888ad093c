/** Records of a model that become one. */
export interface Merge {
  readonly model: string
  readonly table: string
  readonly sources: readonly number[]
  readonly target: number
  readonly exclude: readonly (readonly [table: string, column: string])[]
}

export function isExcluded({ exclude }: Merge, table: string, column: string): boolean {
  return exclude.some(([excludedTable, excluded]) => excludedTable === table && excluded === column)
}
