import { run, type StatementDecision, skip } from './decision.js'
import type { StatementCursor } from './statement-cursor.js'

/** Kinds of objects that are left out, or that the restore does not own; their comments go with them. */
const LEFT_OUT: readonly (readonly string[])[] = [
  ['access', 'method'],
  ['cast'],
  ['database'],
  ['event', 'trigger'],
  ['extension'],
  ['foreign', 'data'],
  ['foreign', 'table'],
  ['language'],
  ['large', 'object'],
  ['operator', 'class'],
  ['operator', 'family'],
  ['procedural', 'language'],
  ['publication'],
  ['role'],
  ['server'],
  ['subscription'],
  ['tablespace'],
  ['text', 'search', 'parser'],
  ['text', 'search', 'template'],
  ['transform'],
]

export function decideComment(cursor: StatementCursor): StatementDecision {
  cursor.accept('comment', 'on')
  if (LEFT_OUT.some((kind) => kind.every((word, offset) => cursor.wordAt(offset) === word))) {
    return skip('what it is about is not restored')
  }
  if (cursor.accept('schema') && cursor.name()?.name === 'public') {
    return skip('the schema public is there already, and belongs to someone else')
  }
  return run('comment', cursor.text)
}
