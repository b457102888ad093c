import { isSymbol, isWord, type StatementCursor } from './statement-cursor.js'
import type { TextEdit } from './text-edits.js'

/**
 * Edits that take WITH OIDS and WITH (oids…) out of a CREATE TABLE: releases from 12 on refuse them, and
 * moult knows no older ones.
 */
export function oidClauses({ tokens }: StatementCursor): TextEdit[] {
  return tokens.flatMap((token, at) => {
    if (!isWord(token, 'with')) return []
    if (isWord(tokens[at + 1], 'oids')) return [edit(token.start, tokens[at + 1]?.end)]
    if (!isSymbol(tokens[at + 1], '(')) return []
    const option = tokens.findIndex((each, index) => index > at && isWord(each, 'oids'))
    const close = tokens.findIndex((each, index) => index > at && isSymbol(each, ')'))
    if (option < 0 || option > close) return []
    const last = isSymbol(tokens[option + 1], '=') ? option + 2 : option
    const first = option === at + 2
    if (first && isSymbol(tokens[last + 1], ')')) return [edit(token.start, tokens[close]?.end)]
    return first
      ? [edit(tokens[option]?.start, tokens[last + 2]?.start)]
      : [edit(tokens[option - 2]?.end, tokens[last]?.end)]
  })
}

function edit(start = 0, end = start): TextEdit {
  return { start, end, replacement: '' }
}
