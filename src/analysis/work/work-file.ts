import { lineSubject, readSectionHead, type SectionName } from './line-subject.js'

/** What the comment below a line says became of it. */
export type WorkState = 'done' | 'nothing to do' | 'to do' | 'remark' | 'open'

/** A line of an analysis in a work file. */
export interface WorkLine {
  readonly section: SectionName
  readonly text: string
  readonly subject: string
  /** Counted from 1. */
  readonly line: number
  readonly state: WorkState
  /** The comment below its group, without `#`; empty where there is none. */
  readonly comment: string
}

const TITLE = '---nothing has changed in this module--'
/** Comments that this program writes; they say nothing about the work. */
export const UNHANDLED = '# UNHANDLED: new in the present analysis'
export const VANISHED = '# VANISHED: no longer in the present analysis'

/**
 * Reads an `upgrade_analysis_work.txt`: the comment below a group of lines holds for all of them; the group ends
 * with its comment, an empty line or the section.
 */
export function readWorkFile(text: string): readonly WorkLine[] {
  const lines: WorkLine[] = []
  let section: SectionName = 'models'
  let group: Omit<WorkLine, 'state' | 'comment'>[] = []
  let comment: string[] = []
  const close = (): void => {
    const said = comment.join('\n')
    const state = comment.length === 0 ? 'open' : stateOf(said)
    lines.push(...group.map((line) => ({ ...line, state, comment: said })))
    group = []
    comment = []
  }
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trimEnd()
    const head = readSectionHead(line)
    if (head !== undefined || line === '' || line === TITLE) {
      close()
      section = head?.section ?? section
    } else if (line === UNHANDLED || line === VANISHED) {
      close()
    } else if (line.startsWith('#')) {
      if (group.length > 0) comment.push(line.replace(/^#+\s*/, ''))
    } else {
      if (comment.length > 0) close()
      group.push({ section, text: line, subject: lineSubject(section, line), line: index + 1 })
    }
  }
  close()
  return lines
}

/** What people write, in all its spellings. */
function stateOf(comment: string): WorkState {
  const text = comment.trim().toLowerCase()
  if (/^no\w* to do/.test(text)) return 'nothing to do'
  if (/^(?:partially )?done/.test(text)) return 'done'
  return text.startsWith('todo') || text.startsWith('to do') ? 'to do' : 'remark'
}
