import { type ErrorDetails, UserError } from '../base/index.js'

/** The dump ends in the middle of `what`, which began at `line`. */
export function truncated(what: string, line: number | undefined): UserError {
  const where = line === undefined ? '' : ` that begins on line ${line}`
  return new UserError('DUMP_TRUNCATED', `The dump ends inside ${what}${where}`, {
    hint: 'The file is incomplete: make or copy the backup again, and compare its size with the original.',
    ...placeOf(line),
  })
}

/** Bytes of the dump are not text of the encoding it says it is in. */
export function wrongEncoding(message: string, line: number, hint: string): UserError {
  return new UserError('DUMP_ENCODING', message, { hint, ...placeOf(line) })
}

/** A statement is longer than can be held in memory as text. */
export function statementTooLarge(line: number, limit: number): UserError {
  const size = Math.floor(limit / 2 ** 20)
  return new UserError(
    'DUMP_STATEMENT_TOO_LARGE',
    `The statement that begins on line ${line} is longer than ${size} MiB`,
    {
      hint: 'Dump again without --inserts, so that rows are written as COPY data.',
      ...placeOf(line),
    },
  )
}

/** psql would read rows from here on, yet there is more on the line. */
export function textBehindCopy(line: number): UserError {
  return new UserError('DUMP_UNREADABLE', `Line ${line} goes on behind COPY … FROM stdin;`, {
    hint: 'The rows must begin on the next line, as pg_dump writes them.',
    ...placeOf(line),
  })
}

function placeOf(line: number | undefined): Pick<ErrorDetails, 'place'> {
  return line === undefined ? {} : { place: { line } }
}
