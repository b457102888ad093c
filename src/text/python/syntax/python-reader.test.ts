import { beforeAll, describe, expect, test } from 'vitest'
import { decodePython } from './decode-python.js'
import { hollowFunctions } from './function-bodies.js'
import { loadPythonReader, type PythonReader } from './python-reader.js'
import type { PythonFile, PythonStatement } from './python-syntax.js'

let reader: PythonReader

beforeAll(async () => {
  reader = await loadPythonReader()
})

function read(text: string | Uint8Array): PythonFile {
  return reader.read(typeof text === 'string' ? Buffer.from(text) : text)
}

function only(text: string): PythonStatement {
  const { statements, ...problems } = read(text)
  expect(problems).toEqual({})
  expect(statements).toHaveLength(1)
  return statements[0] as PythonStatement
}

describe('bodies of functions', () => {
  test('go, and everything behind them keeps its line', () => {
    const text = [
      'class A:',
      '    def f(self):',
      '        x = """',
      'def not_a_function():',
      '"""',
      '        if x:',
      '            return super().f()',
      '',
      '    y = 1',
    ].join('\n')
    const { text: hollow, bodies, lineOf } = hollowFunctions(text)
    expect(hollow).toBe('class A:\n    def f(self):\n        0\n\n    y = 1')
    expect([...bodies.values()]).toEqual([{ endLine: 7, callsSuper: true }])
    expect(lineOf(hollow.indexOf('y'))).toBe(9)
  })

  test.each([
    ['def f():\n    return [1]\n'],
    ['def f(a, b=")"):\n    "doc"\n    return a\n'],
    ['def f(): return 1\n'],
    ['f = lambda: 1\nx = {\n  "a": 1,\n}\n'],
  ])('%j stays as it is', (text) => {
    expect(hollowFunctions(text).text).toBe(text)
  })

  test('a line that is continued, a comment and a string do not end one', () => {
    const text = 'def f(a,\n      b):\n    g(1,\n2)\n# comment\n    h = "\\\n"\nz = 2\n'
    expect(hollowFunctions(text).text).toBe('def f(a,\n      b):\n    0\nz = 2\n')
  })

  test('functions in classes in functions are not seen', () => {
    const text = 'def f():\n    class A:\n        x = 1\n    return A\nasync def g():\n    pass\n'
    expect(hollowFunctions(text).text).toBe('def f():\n    0\nasync def g():\n    0\n')
  })
})

describe('statements', () => {
  test.each([
    ['import a.b', { kind: 'import', module: 'a.b', alias: null, line: 1 }],
    ['import a.b as c', { kind: 'import', module: 'a.b', alias: 'c', line: 1 }],
    [
      'from ..a import (b as c, d)',
      {
        level: 2,
        module: 'a',
        names: [
          ['b', 'c'],
          ['d', 'd'],
        ],
      },
    ],
    ['from . import x', { level: 1, module: '', names: [['x', 'x']] }],
    ['from a import *', { level: 0, module: 'a', names: [] }],
    ['x = 1', { kind: 'assign', targets: ['x'], slot: { expression: 1 } }],
    ['x: int = -1', { kind: 'assign', targets: ['x'], slot: { expression: -1 } }],
    ['x = y = "a" "b"', { targets: ['x', 'y'], slot: { expression: 'ab' } }],
    ['a, (b, c) = z', { targets: [['a', ['b', 'c']]] }],
    ['x += [1]', { kind: 'augment', name: 'x', operator: '+' }],
    ['A.b = 4', { kind: 'attach', of: { kind: 'name', name: 'A' }, name: 'b' }],
    ["setattr(A, 'global', 1)", { kind: 'attach', name: 'global', slot: { expression: 1 } }],
    ['for x in y:\n    z = 1', { kind: 'block', what: 'for_statement', line: 1 }],
    ['try:\n    pass\nexcept E:\n    x = None', { kind: 'assign', isFallback: true }],
    ['if a:\n    x = 1', { kind: 'assign', targets: ['x'] }],
    ['with a:\n    x = 1', { kind: 'assign', targets: ['x'] }],
  ])('%j', (text, expected) => {
    expect(only(text)).toMatchObject(expected)
  })

  test('a class with its docstring, decorated methods and their lines', () => {
    const text = [
      '@decorated',
      'class A(models.Model, B, metaclass=M):',
      '    """ Doc. """',
      '    _name = "a"',
      '',
      '    @api.depends("x")',
      '    def f(self, *args, a=1, **kw):',
      '        return super(A, self).f()',
    ].join('\n')
    expect(only(text)).toMatchObject({
      ...{ kind: 'class', name: 'A', line: 2, docstring: ' Doc. ' },
      bases: [
        { kind: 'attribute', name: 'Model' },
        { kind: 'name', name: 'B' },
      ],
      body: [
        { kind: 'assign', targets: ['_name'] },
        {
          ...{ kind: 'function', name: 'f', line: 7, endLine: 8, callsSuper: true },
          parameters: [
            'self',
            { name: 'args', star: 1 },
            { name: 'a', default: 1 },
            { name: 'kw' },
          ],
          decorators: [{ kind: 'call', args: ['x'] }],
        },
      ],
    })
  })

  test('imports for type checkers are left out', () => {
    expect(read('if TYPE_CHECKING:\n    from . import x\n').statements).toEqual([])
  })

  test('what is behind an error is read', () => {
    const { statements, errorLine } = read('x = 1\ny = = 2\nclass A:\n    z = 3\n')
    expect(errorLine).toBe(2)
    expect(statements.at(-1)).toMatchObject({ kind: 'class', name: 'A' })
  })
})

describe('encodings', () => {
  test.each([
    ['a cookie', Buffer.from('# -*- coding: latin-1 -*-\nx = "\xe9"', 'latin1'), undefined],
    [
      'a cookie in the second line',
      Buffer.from('#!/x\n# coding=cp1252\nx = "\xe9"', 'latin1'),
      undefined,
    ],
    ['a byte order mark', Buffer.from('\uFEFFx = "é"'), undefined],
    ['none, and it is not UTF-8', Buffer.from('x = "\xe9"', 'latin1'), 'the file is not utf-8'],
    [
      'one that is not known',
      Buffer.from('# coding: klingon\nx = "\xe9"', 'latin1'),
      'the encoding klingon is not known',
    ],
  ])('%s', (_, bytes, warning) => {
    const file = read(bytes)
    expect(file.statements).toMatchObject([{ slot: { expression: 'é' } }])
    expect(file.warning).toBe(warning)
  })

  test('null bytes are refused, as Python refuses them', () => {
    expect(decodePython(Buffer.from('x = 1\0')).problem).toBe('the file has null bytes')
  })

  test('line ends of other systems are line ends', () => {
    expect(read('x = 1\r\ny = f()\rz = g()').statements).toMatchObject([
      { targets: ['x'] },
      { targets: ['y'], slot: { line: 2 } },
      { targets: ['z'], slot: { line: 3 } },
    ])
  })
})

describe('what is out of all proportion', () => {
  test.each([
    ['brackets', `x = ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['additions', `x = ${Array.from({ length: 30_000 }, () => '1').join(' + ')}`],
    ['attributes', `x = a${'.b'.repeat(30_000)}`],
    ['open brackets', `x = ${'('.repeat(50_000)}`],
  ])('%s by the thousand are a problem or a value, never a crash', (_, text) => {
    const file = read(text)
    expect(file.problem ?? file.errorLine ?? file.statements.length).toBeDefined()
  })

  test('a file of more than 8 MB is not read', () => {
    expect(read(`x = "${'a'.repeat(8_000_000)}"`).problem).toMatch(/more than 8 MB/)
  })
})
