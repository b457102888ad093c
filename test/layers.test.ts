import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

interface Room {
  readonly layer: number
  readonly imports: readonly string[]
}

const SOURCE = resolve(import.meta.dirname, '../src')
const ROOMS: Readonly<Record<string, Room>> = JSON.parse(
  readFileSync(join(SOURCE, 'layers.json'), 'utf8'),
)
const LONGEST_FILE = 500

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map((name) => name.replaceAll('\\', '/'))
const sources = files.filter((name) => !name.endsWith('.test.ts'))

/** The room a file belongs to; undefined for the library's entry file. */
function roomOf(file: string): string | undefined {
  return Object.keys(ROOMS)
    .sort((a, b) => b.length - a.length)
    .find((room) => file.startsWith(`${room}/`))
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(SOURCE, file), 'utf8')
  const pattern =
    /(?:^|[\s;])(?:import|export)\s[^'"]*?from\s*['"](\.[^'"]+)['"]|import\(['"](\.[^'"]+)['"]\)|^import\s+['"](\.[^'"]+)['"]/gm
  return [...text.matchAll(pattern)].map((match) =>
    relative(
      SOURCE,
      join(SOURCE, dirname(file), match[1] ?? match[2] ?? match[3] ?? ''),
    ).replaceAll('\\', '/'),
  )
}

describe('the layers of src', () => {
  test('every file lies in a room', () => {
    expect(sources.filter((file) => roomOf(file) === undefined)).toEqual(['index.ts'])
  })

  test('rooms import only the rooms listed for them, through their entry files', () => {
    const offences = sources.flatMap((file) =>
      importsOf(file).flatMap((target) => {
        const from = roomOf(file)
        const to = roomOf(target)
        if (to === undefined) return [`${file} imports ${target}, which lies in no room`]
        if (from === to) return []
        if (from !== undefined && !ROOMS[from]?.imports.includes(to))
          return [`${file} imports ${to}`]
        return target === `${to}/index.js` ? [] : [`${file} imports ${target} past ${to}/index.ts`]
      }),
    )
    expect(offences).toEqual([])
  })

  test('a layer is one more than the highest that it imports', () => {
    const computed = Object.fromEntries(
      Object.entries(ROOMS).map(([room, { imports }]) => [
        room,
        imports.length === 0 ? 0 : 1 + Math.max(...imports.map((name) => ROOMS[name]?.layer ?? 99)),
      ]),
    )
    const written = Object.fromEntries(
      Object.entries(ROOMS).map(([room, { layer }]) => [room, layer]),
    )
    expect(written).toEqual(computed)
  })

  test('only the command line writes to the console', () => {
    const pattern = /\bconsole\.\w+\(|process\.(stdout|stderr)\b/
    expect(
      sources.filter(
        (file) =>
          !file.startsWith('cli/') && pattern.test(readFileSync(join(SOURCE, file), 'utf8')),
      ),
    ).toEqual([])
  })

  test(`no file is longer than ${LONGEST_FILE} lines`, () => {
    const long = files.filter(
      (file) => readFileSync(join(SOURCE, file), 'utf8').split('\n').length > LONGEST_FILE,
    )
    expect(long).toEqual([])
  })
})
