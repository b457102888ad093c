import { InternalError } from '../../base/index.js'

/**
 * Why Odoo's loader commits: a module is done; modules were removed, and all begins again; everything is done;
 * or a script or hook asked for it in the middle of a module.
 */
export type LoaderCommitKind = 'module' | 'removal' | 'end' | 'script'

/** What is about to be committed; told inside of the transaction. */
export interface LoaderCommit {
  readonly kind: LoaderCommitKind
  /** The module that is done, or whose script asked; undefined for the others. */
  readonly module: string | undefined
  /** Version of the module before the upgrade as stored; empty for one that was not installed. */
  readonly previousVersion: string
  /** State of the module before it was processed: `to upgrade`, `to install`, `installed`. */
  readonly previousState: string
  /** External identifiers that were loaded since the last commit. */
  readonly loadedXmlIds: readonly string[]
  /**
   * To be kept with the journal's record of commits of kind `module` and `removal`: a resumed run is given
   * these texts, in order, as `finished`.
   */
  readonly state: string
}

/** Reads what the guest says of a commit; a script may have forged it. */
export function readCommit(kind: string, state: string): LoaderCommit {
  const fields = parse(state)
  const texts = Array.isArray(fields.xml_ids) ? fields.xml_ids : []
  return {
    kind: kindOf(kind),
    module: typeof fields.module === 'string' ? fields.module : undefined,
    previousVersion: typeof fields.version === 'string' ? fields.version : '',
    previousState: typeof fields.state === 'string' ? fields.state : '',
    loadedXmlIds: texts.filter((name): name is string => typeof name === 'string'),
    state,
  }
}

const KINDS: readonly LoaderCommitKind[] = ['module', 'removal', 'end', 'script']

function kindOf(text: string): LoaderCommitKind {
  const kind = KINDS.find((known) => known === text)
  if (kind === undefined) throw malformed(text)
  return kind
}

function parse(state: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(state)
  } catch {
    throw malformed(state)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(state)
  return value as Record<string, unknown>
}

function malformed(text: string): InternalError {
  return new InternalError('GUEST_ANSWER_MALFORMED', 'The Python interpreter announced nonsense', {
    data: { answer: text.slice(0, 200) },
  })
}
