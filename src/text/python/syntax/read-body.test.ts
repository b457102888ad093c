import { beforeAll, describe, expect, test } from 'vitest'
import { loadPythonBodyReader, type PythonBodyReader } from './read-body.js'

describe('bodies of functions', () => {
  let reader: PythonBodyReader

  beforeAll(async () => {
    reader = await loadPythonBodyReader()
  })

  const bodyOf = (...lines: readonly string[]) => reader.read(`${lines.join('\n')}\n`)?.body

  test('are read with their parameters, also where the text is indented', () => {
    const read = reader.read('    @api.model\n    def f(self, a, b=1):\n        return a\n')
    expect(read?.parameters).toEqual(['self', 'a', 'b'])
    expect(read?.body).toEqual([{ kind: 'return', value: { kind: 'name', name: 'a' } }])
  })

  test('keep assignments to several names, and additions', () => {
    expect(bodyOf('def f():', '    a = b = 1', '    c, d = 1, 2', "    a += 'x'")).toEqual([
      { kind: 'let', targets: ['a', 'b'], value: 1 },
      { kind: 'let', targets: [['c', 'd']], value: { kind: 'tuple', items: [1, 2] } },
      { kind: 'augment', name: 'a', operator: '+', value: 'x' },
    ])
  })

  test('branch on elif and else', () => {
    const body = bodyOf(
      ...['def f(a):', '    if a:', '        return 1', '    elif b:', '        return 2'],
      ...['    else:', '        return 3'],
    )
    expect(body).toMatchObject([
      {
        kind: 'if',
        yes: [{ value: 1 }],
        no: [{ kind: 'if', yes: [{ value: 2 }], no: [{ value: 3 }] }],
      },
    ])
  })

  test('loop over items', () => {
    expect(bodyOf('def f(a):', '    for k, v in a:', '        g(k)')).toMatchObject([
      { kind: 'each', target: ['k', 'v'], body: [{ kind: 'value', of: { kind: 'call' } }] },
    ])
  })

  test.each([
    ['try', ['    try:', '        g()', '    except E:', '        pass']],
    ['with', ['    with g():', '        pass']],
    ['while', ['    while True:', '        g()']],
    ['raise', ['    raise E()']],
    ['an assignment to an attribute', ['    a.b = 1']],
  ])('say that they do not follow %s', (_, lines) => {
    expect(bodyOf('def f(a):', ...lines)).toMatchObject([{ kind: 'unread' }])
  })

  test('are not there where the text is no Python', () => {
    expect(bodyOf('def f(:', '    pass')).toBeUndefined()
    expect(bodyOf('a = 1')).toBeUndefined()
  })
})
