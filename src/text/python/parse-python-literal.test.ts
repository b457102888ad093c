import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePythonLiteral } from './parse-python-literal.js'
import { PythonFloat, PythonTuple, type PythonValue } from './python-value.js'

const tuple = (...items: PythonValue[]) => new PythonTuple(items)
const bytes = (...items: number[]) => Uint8Array.from(items)

describe('a Python literal', () => {
  test.each<[string, PythonValue]>([
    [
      '{"a": 1, \'b\': [True, None]}',
      new Map<PythonValue, PythonValue>([
        ['a', 1],
        ['b', [true, null]],
      ]),
    ],
    ['# -*- coding: utf-8 -*-\r\n\r\n{\r\n}\r\n', new Map()],
    ['  {}', new Map()],
    ["{'a': 1, 'a': 2}", new Map([['a', 2]])],
    ["{1: 'a', True: 'b', 1.0: 'c'}", new Map([[1, 'c']])],
    ["'a' 'b'\t\"c\"", 'abc'],
    ["('a'\n 'b')", 'ab'],
    ['-1', -1],
    ['+ 2.5', new PythonFloat(2.5)],
    ['-(3)', -3],
    ['(1, )', tuple(1)],
    ['1, 2', tuple(1, 2)],
    ['{},', tuple(new Map())],
    ['()', tuple()],
    ["{'a', 'b', 'a'}", new Set(['a', 'b'])],
    ['set()', new Set()],
    ['0x_ff', 255],
    ['0o17', 15],
    ['0b11', 3],
    ['1_000', 1000],
    ['123456789012345678901234567890', 123456789012345678901234567890n],
    ['-9007199254740993', -9007199254740993n],
    ['1.', new PythonFloat(1)],
    ['.5e-3', new PythonFloat(0.0005)],
    [String.raw`'\x41\u00e9\U0001F600\101\n\'\q\\'`, "Aé😀A\n'\\q\\"],
    [String.raw`r'\n\'' R"\x"`, String.raw`\n\'\x`],
    ["u'é'", 'é'],
    [String.raw`b'a\xff\u00' rb'\n'`, bytes(97, 255, 92, 117, 48, 48, 92, 110)],
    ["'''a\r\n'b\\\nc'''", "a\n'bc"],
    ["'a\\\nb'", 'ab'],
    ['[1, # one\n 2]', [1, 2]],
    ['\\\n[1]', [1]],
    ["{'a': (1, 2)}\n\n   \n# end\n   # end", new Map([['a', tuple(1, 2)]])],
  ])('%j', (text, value) => {
    expect(parsePythonLiteral(text)).toEqual(value)
  })

  test.each([
    ["'a' + 'b'", 'PYTHON_NOT_A_LITERAL', 1],
    ["{\n'a': '%s' % x}", 'PYTHON_NOT_A_LITERAL', 2],
    ["f'{a}'", 'PYTHON_NOT_A_LITERAL', 1],
    ['name', 'PYTHON_NOT_A_LITERAL', 1],
    ['dict()', 'PYTHON_NOT_A_LITERAL', 1],
    ["dict(a=1, *b, **c)['x':].y", 'PYTHON_NOT_A_LITERAL', 1],
    ['[x for x in y if x]', 'PYTHON_NOT_A_LITERAL', 1],
    ['{k: v for k, v in y}', 'PYTHON_NOT_A_LITERAL', 1],
    ['1 if True else 2', 'PYTHON_NOT_A_LITERAL', 1],
    ['lambda a, b=1: a', 'PYTHON_NOT_A_LITERAL', 1],
    ['--1', 'PYTHON_NOT_A_LITERAL', 1],
    ['-True', 'PYTHON_NOT_A_LITERAL', 1],
    ['{**{}, 1: 2}', 'PYTHON_NOT_A_LITERAL', 1],
    ['[*[1]]', 'PYTHON_NOT_A_LITERAL', 1],
    ['{[]: 1}', 'PYTHON_UNHASHABLE', 1],
    ['{1, {}}', 'PYTHON_UNHASHABLE', 1],
    ['\n  {}', 'PYTHON_INDENTATION_ERROR', 2],
    ['{}\n  {}', 'PYTHON_INDENTATION_ERROR', 2],
    ['a = {}', 'PYTHON_SYNTAX_ERROR', 1],
    ["'''doc'''\n{}", 'PYTHON_SYNTAX_ERROR', 2],
    ['\ufeff{}', 'PYTHON_SYNTAX_ERROR', 1],
    ['', 'PYTHON_SYNTAX_ERROR', 1],
    ['# only a comment', 'PYTHON_SYNTAX_ERROR', 1],
    ["{\n'a': [1,\n}", 'PYTHON_SYNTAX_ERROR', 3],
    ["{'a': 1\n'b': 2}", 'PYTHON_SYNTAX_ERROR', 2],
    ["{'a': 'b", 'PYTHON_SYNTAX_ERROR', 1],
    ['[1 2]', 'PYTHON_SYNTAX_ERROR', 1],
    ['012', 'PYTHON_SYNTAX_ERROR', 1],
    ['1abc', 'PYTHON_SYNTAX_ERROR', 1],
    ["b'a' 'b'", 'PYTHON_SYNTAX_ERROR', 1],
    ["b'é'", 'PYTHON_SYNTAX_ERROR', 1],
    [String.raw`'\x4'`, 'PYTHON_SYNTAX_ERROR', 1],
    ['[dict(), 1 2]', 'PYTHON_SYNTAX_ERROR', 1],
    ['import os', 'PYTHON_SYNTAX_ERROR', 1],
    ['"a" $', 'PYTHON_SYNTAX_ERROR', 1],
    ['1j', 'PYTHON_LITERAL_UNSUPPORTED', 1],
    [String.raw`'\N{DASH}'`, 'PYTHON_LITERAL_UNSUPPORTED', 1],
  ])('%j is none: %s in line %i', (text, code, line) => {
    expect(() => parsePythonLiteral(text, { file: 'm.py' })).toThrowError(
      expect.objectContaining({ code, place: { file: 'm.py', line } }),
    )
  })
})

test.each([
  ['brackets', '['],
  ['signs', '-'],
])('endlessly nested %s are refused', (_, character) => {
  expect(() => parsePythonLiteral(`${character.repeat(100_000)}1`)).toThrowError(
    expect.objectContaining({ code: 'PYTHON_SYNTAX_ERROR' }),
  )
})

/** Prints a value as JSON that tells every type apart. */
const PROGRAM = `
import ast, json, sys
def show(v):
    if v is None or isinstance(v, bool): return v
    if isinstance(v, int): return ['int', str(v)]
    if isinstance(v, float): return ['float', v.hex()]
    if isinstance(v, str): return ['str', v]
    if isinstance(v, bytes): return ['bytes', list(v)]
    if isinstance(v, tuple): return ['tuple', [show(x) for x in v]]
    if isinstance(v, list): return ['list', [show(x) for x in v]]
    if isinstance(v, set): return ['set', sorted(json.dumps(show(x)) for x in v)]
    return ['dict', [[show(k), show(x)] for k, x in v.items()]]
def read(text):
    try: return show(ast.literal_eval(text))
    except IndentationError: return 'IndentationError'
    except SyntaxError: return 'SyntaxError'
    except TypeError: return 'TypeError'
    except ValueError as e: return 'SyntaxError' if 'null byte' in str(e) else 'ValueError'
json.dump([read(t) for t in json.load(sys.stdin)], sys.stdout)
`

function show(value: PythonValue): unknown {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number' || typeof value === 'bigint') return ['int', String(value)]
  if (typeof value === 'string') return ['str', value]
  if (value instanceof PythonFloat) return ['float', value.value]
  if (value instanceof Uint8Array) return ['bytes', [...value]]
  if (value instanceof PythonTuple) return ['tuple', value.items.map(show)]
  if (value instanceof Set) return ['set', [...value].map(show)]
  if (value instanceof Map) return ['dict', [...value].map(([k, v]) => [show(k), show(v)])]
  return ['list', (value as readonly PythonValue[]).map(show)]
}

/** What Python showed, in the form of {@link show}. */
function normalise(shown: unknown): unknown {
  if (!Array.isArray(shown)) return shown
  const [type, content] = shown
  if (type === 'float') return ['float', fromHex(String(content))]
  if (type === 'set') return ['set', content.map((text: string) => normalise(JSON.parse(text)))]
  if (type === 'dict') {
    return ['dict', content.map(([k, v]: [unknown, unknown]) => [normalise(k), normalise(v)])]
  }
  return type === 'list' || type === 'tuple' ? [type, content.map(normalise)] : shown
}

function fromHex(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY
  const [, sign, whole, fraction = '', exponent] =
    /^(-?)0x([01])(?:\.([0-9a-f]+))?p([+-]\d+)$/.exec(text) ?? []
  const mantissa = Number.parseInt(`${whole}${fraction}`, 16) / 16 ** fraction.length
  return (sign === '-' ? -1 : 1) * mantissa * 2 ** Number(exponent)
}

function read(text: string): unknown {
  try {
    return sortSets(show(parsePythonLiteral(text)))
  } catch (error) {
    return error !== null && typeof error === 'object' && 'pythonClass' in error
      ? error.pythonClass
      : error
  }
}

function sortSets(shown: unknown): unknown {
  if (!Array.isArray(shown)) return shown
  const items = shown.map(sortSets)
  if (items[0] !== 'set') return items
  const sorted = (items[1] as unknown[]).toSorted((a, b) =>
    JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
  )
  return ['set', sorted]
}

const PYTHON = '/usr/bin/python3'

describe.skipIf(!existsSync(PYTHON))('against Python itself (needs /usr/bin/python3)', () => {
  const python = (texts: readonly string[]): unknown[] =>
    JSON.parse(
      execFileSync(PYTHON, ['-W', 'ignore', '-c', PROGRAM], {
        input: JSON.stringify(texts),
        maxBuffer: 100_000_000,
      }).toString(),
    ).map((shown: unknown) => sortSets(normalise(shown)))

  const character = fc.constantFrom(
    ...['a', 'é', '😀', "'", '"', '\\', '\n', '\t', '{', '#', '\x7f', '\u2028'],
  )
  const quoted = fc
    .tuple(fc.string({ unit: character, maxLength: 6 }), fc.constantFrom("'", '"', "'''", '"""'))
    .map(([text, quote]) => {
      const escaped = text.replace(/[\\'"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))
      return `${quote}${escaped}${quote}`
    })
  const ascii = quoted.map((text) => `b${text.replace(/[^\x20-\x7e]/gu, '\\xfe')}`)
  const number = fc.oneof(
    fc.integer().map(String),
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n.toString()),
    fc.nat().map((n) => `0x${n.toString(16)}`),
  )
  const scalar = fc.oneof(quoted, ascii, number, fc.constantFrom('None', 'True', 'False', "r'\\d'"))
  const { literal } = fc.letrec((tie) => ({
    literal: fc.oneof({ maxDepth: 3 }, scalar, tie('list'), tie('tuple'), tie('set'), tie('dict')),
    list: fc.array(tie('literal'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    tuple: fc
      .array(tie('literal'), { maxLength: 3 })
      .map((all) => `(${all.join(',')}${all.length === 1 ? ',' : ''})`),
    set: fc.array(scalar, { minLength: 1, maxLength: 3 }).map((items) => `{${items.join(' ,\n')}}`),
    dict: fc
      .array(fc.tuple(scalar, tie('literal')), { maxLength: 3 })
      .map((items) => `{${items.map(([k, v]) => `${k}:${v}`).join(',')}}`),
  }))

  test('literals have the same values', () => {
    const texts = fc.sample(literal as fc.Arbitrary<string>, 600)
    const expected = python(texts)
    expect(texts.map((text, index) => [text, read(text), expected[index]])).toEqual(
      texts.map((text, index) => [text, expected[index], expected[index]]),
    )
  })

  test('damaged literals fail with the same class of error', () => {
    const damaged = fc
      .tuple(
        literal as fc.Arbitrary<string>,
        fc.nat(),
        fc.constantFrom(',', ']', ' x ', '=', '+', '-', "'", '\n', ':', ' 1 ', '()'),
      )
      .map(([text, at, what]) => {
        const characters = [...text]
        return characters.toSpliced(at % (characters.length + 1), 0, what).join('')
      })
    const texts = fc.sample(damaged, 600)
    const expected = python(texts)
    const differing = texts
      .map((text, index) => [text, JSON.stringify(read(text)), JSON.stringify(expected[index])])
      .filter(([, mine, theirs]) => mine !== theirs)
    expect(differing).toEqual([])
  })
})
