import type { RecordPlace } from '../records/release-records.js'

export type AnalysisSection = 'models' | 'fields' | 'xmlIds'

/** What happened to the subject of a line. */
export type ChangeKind = 'new' | 'deleted' | 'renamed' | 'moved' | 'changed'

/** One line of an upgrade analysis. */
export interface AnalysisLine {
  /** The same in every analysis of these releases, whatever the values: a work file refers to it. */
  readonly id: string
  readonly section: AnalysisSection
  readonly kind: ChangeKind
  /** The module whose file it is in. */
  readonly module: string
  readonly text: string
  readonly model: string
  readonly field?: string
  /** Xml id. */
  readonly name?: string
  /** What changed: an attribute of a field, `module`, `name`, `noupdate`, `domain`, `definition`. */
  readonly attribute?: string
  readonly oldValue?: string
  readonly newValue?: string
  /** Attributes of a field that is new or gone. */
  readonly attributes?: Readonly<Record<string, string>>
  readonly fieldType?: string
  /** Table of a constraint. */
  readonly table?: string
  /** Whether the record must not be updated. */
  readonly noupdate?: boolean
  readonly oldPlace?: RecordPlace
  readonly newPlace?: RecordPlace
}
