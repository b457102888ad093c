import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SOURCE = resolve(import.meta.dirname, '../src')
const MANUAL = readFileSync(resolve(import.meta.dirname, '../docs/errors.md'), 'utf8')
/** Texts that look like codes and name something else: PostgreSQL's encodings and keywords, variables, errno. */
const NO_CODES =
  /^(SQL_ASCII|PG_VERSION|READ_(WRITE|ONLY)|M?FINALFUNC_EXTRA|MFINALFUNC_MODIFY|FINALFUNC_MODIFY|(LD|DYLD)_LIBRARY_PATH|ISO_8859_\d|EUC_\w+|ERR_\w+|EISDIR|XDG_\w+|OPENUPGRADE_(RENAMED|MERGED)_MODULES|MOULT_\w+|NO_COLOR)$/

const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !/\.test\.ts$|fixtures/.test(name),
)

test('every code of an error or finding is in the manual', () => {
  const codes = new Set(
    sources.flatMap((name) =>
      [
        ...readFileSync(join(SOURCE, name), 'utf8').matchAll(/'([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)'/g),
      ].map((match) => match[1] ?? ''),
    ),
  )
  const missing = [...codes].filter(
    (code) => !NO_CODES.test(code) && !new RegExp(`\\b${code}\\b`).test(MANUAL),
  )
  expect(missing.sort()).toEqual([])
})

test('the manual names no code that does not exist', () => {
  const text = sources.map((name) => readFileSync(join(SOURCE, name), 'utf8')).join('\n')
  const named = [...MANUAL.matchAll(/\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b/g)].map((match) => match[0])
  const stem = (code: string) => code.replace(/^(ZIP|GZIP|ARCHIVE)_/, '')
  expect(
    [...new Set(named)].filter((code) => !text.includes(code) && !text.includes(stem(code))),
  ).toEqual([])
})
