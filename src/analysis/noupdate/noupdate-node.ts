/** A child of a record, as the comparison of records that must not be updated sees it. */
export interface NoupdateChild {
  readonly tag: string
  /** Children without a name are neither compared nor replaced. */
  readonly name: string | undefined
  readonly attributes: Readonly<Record<string, string>>
  /** `eval`, else `ref`, else the text where it has no children, else the children; null without any. */
  readonly value: string | null
  readonly text: string | undefined
  /** The element, serialised; undefined where attributes and text are all there is. */
  readonly xml: string | undefined
}

/** A `record` or `template` of an XML data file, blank text left out. */
export interface NoupdateNode {
  readonly tag: 'record' | 'template'
  /** As written, own module prefix and all. */
  readonly id: string
  /** The flag of the `data` element around it, or of the root. */
  readonly noupdate: boolean
  readonly model: string
  readonly forcecreate: string | undefined
  readonly children: readonly NoupdateChild[]
  /** The element, serialised; only of templates. */
  readonly xml: string
}
