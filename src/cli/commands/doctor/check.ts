/** One thing that `moult doctor` looked for. */
export interface Check {
  readonly name: string
  /** `ok` is there; `missing` costs something; `broken` stops the main work. */
  readonly state: 'ok' | 'missing' | 'broken'
  readonly found: string
  /** What it is for, or what its absence costs and how to mend it. */
  readonly note: string
}
