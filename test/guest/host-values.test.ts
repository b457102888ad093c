import { describe, expect, test } from 'vitest'
import {
  type GuestValue,
  PyBigInt,
  PyBytes,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyFloat,
  PyTime,
  PyTimedelta,
  PyTuple,
} from '../../src/scripts/values/index.js'
import { interpreters, migrating, useHost } from './host-support.js'

const IMPORTS = `import collections, datetime, decimal, enum
from collections.abc import MutableSet
class Text(str):
    def __str__(self): return "no"
    def replace(self, *args): return "no"
class Number(enum.IntEnum):
    one = 1
class Kept(MutableSet):
    def __init__(self, items): self._items = list(items)
    def __contains__(self, item): return item in self._items
    def __iter__(self): return iter(self._items)
    def __len__(self): return len(self._items)
    def add(self, item): pass
    def discard(self, item): pass
`

const sent: readonly (readonly [string, unknown])[] = [
  ['None', null],
  ['True', true],
  ['5', 5],
  ['2**53 - 1', 9007199254740991],
  ['2**53', new PyBigInt(9007199254740992n)],
  ['-2**80', new PyBigInt(-(2n ** 80n))],
  ['1.5', 1.5],
  ['1.0', new PyFloat(1)],
  ['float("nan")', new PyFloat(Number.NaN)],
  ['float("-inf")', new PyFloat(Number.NEGATIVE_INFINITY)],
  ['"ä\\U0001f600\\0"', 'ä😀\0'],
  ['Text("a\'b")', "a'b"],
  ['Number.one', 1],
  ['decimal.Decimal("1.10")', new PyDecimal('1.10')],
  ['datetime.date(2024, 2, 29)', new PyDate('2024-02-29')],
  ['datetime.datetime(2024, 2, 29, 1, 2, 3)', new PyDateTime('2024-02-29T01:02:03')],
  ['datetime.time(1, 2, 3, 4)', new PyTime('01:02:03.000004')],
  ['datetime.timedelta(days=1, microseconds=2000003)', new PyTimedelta('1 days 2.000003 seconds')],
  ['b"\\x00\\xff"', new PyBytes(Buffer.from([0, 255]))],
  ['("a",)', new PyTuple(['a'])],
  ['["a"]', ['a']],
  ['{"a": (1,)}', new Map([['a', new PyTuple([1])]])],
  [
    '{1: "x", "y": 2}',
    new Map<GuestValue, GuestValue>([
      [1, 'x'],
      ['y', 2],
    ]),
  ],
  ['{"$": 1}', new Map([['$', 1]])],
  ['{"__proto__": 1}', new Map([['__proto__', 1]])],
  ['{3}', new Set([3])],
  ['collections.OrderedDict(a=1)', new Map([['a', 1]])],
  ['{"a": 1}.items()', [new PyTuple(['a', 1])]],
  ['{"a": 1}.keys()', ['a']],
  ['(x for x in (1, 2))', [1, 2]],
  ['range(3)', [0, 1, 2]],
  ['map(str, [1])', ['1']],
  ['Kept([2, 1])', [2, 1]],
]

const echoed = [
  'None',
  'False',
  '-7',
  '2**70',
  '0.5',
  '3.0',
  'float("inf")',
  '"x"',
  '(1, [2, (3,)])',
  '{"a": {1: 2}}',
  '{("t", 1): [None]}',
  '{1, 2}',
  'decimal.Decimal("NaN").copy_abs().to_eng_string()',
  'decimal.Decimal("123456789.000000001")',
  'datetime.date(1, 1, 1)',
  'datetime.datetime(2020, 1, 2, 3, 4, 5, 6)',
  'datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc)',
  'datetime.time(23, 59)',
  'datetime.timedelta(days=-3, seconds=5, microseconds=1)',
  'b"bytes"',
  '{"$": "t", "v": [1]}',
]

const refused: readonly (readonly [string, string])[] = [
  ['lambda: 0', '(function) to the host (argument 0)'],
  ['[1, print]', '(builtin_function_or_method) to the host (argument 0)'],
  ['object()', '(object) to the host (argument 0)'],
  ['"x", other=len', "to the host (argument 'other')"],
]

describe.each(interpreters())('values of $name', (interpreter) => {
  describe.skipIf(interpreter.unavailable !== undefined)('', () => {
    const { run } = useHost(interpreter)

    test('item 26: every kind of value arrives as what it is', async () => {
      const lines = sent.map(([text]) => `moultg.call("tell", ${text})`)
      const { error, told } = await run(IMPORTS + migrating(...lines))
      expect(error).toBeUndefined()
      expect(told).toEqual(sent.map(([, value]) => value))
    })

    test('what the host sends back equals what was sent', async () => {
      const lines = echoed.map(
        (text) =>
          `assert moultg.call("echo", ${text}, key=${text}) == [(${text},), {"key": ${text}}], ${JSON.stringify(text)}`,
      )
      const { error } = await run(IMPORTS + migrating(...lines))
      expect(error).toBeUndefined()
    })

    test.each(refused)('%s is refused', async (argument, message) => {
      const { error } = await run(migrating(`moultg.call("tell", ${argument})`))
      expect(error?.message).toContain('TypeError: cannot send ')
      expect(error?.message).toContain(message)
    })

    test('a lone surrogate is a UnicodeEncodeError at its place in the text', async () => {
      const { error, asked } = await run(migrating('moultg.call("tell", "ab\\udc80")'))
      expect(error?.message).toContain(
        "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udc80' in position 2",
      )
      expect(asked).not.toContain('tell')
    })

    test('a value that holds itself is an error of the script', async () => {
      const { error } = await run(
        migrating('value = []', 'value.append(value)', 'moultg.call("tell", value)'),
      )
      expect(error?.message).toContain('RecursionError')
    })

    test('registered kinds go and come by their tags', async () => {
      const { error, told } = await run(
        migrating(
          'from moultg import codec',
          'kept = dict(codec._encoders), dict(codec._decoders)',
          'class Ref:',
          '    def __init__(self, model, ids): self.model, self.ids = model, ids',
          'moultg.register_encoder(Ref, "rec", lambda r: {"m": r.model, "i": r.ids})',
          'moultg.register_decoder("rec", lambda v: Ref(v["m"], v["i"]))',
          'try:',
          '    [(back,), _] = moultg.call("echo", Ref("res.partner", [1, 2]))',
          '    moultg.call("tell", back.model, back.ids)',
          'finally:',
          '    for registry, old in zip((codec._encoders, codec._decoders), kept):',
          '        registry.clear()',
          '        registry.update(old)',
        ),
      )
      expect(error).toBeUndefined()
      expect(told).toEqual(['res.partner', [1, 2]])
    })

    test('a result set keeps PostgreSQL’s text', async () => {
      const { told } = await run(
        migrating(
          'result = moultg.call("rows")',
          'moultg.call("tell", type(result).__name__, result.columns, result.rows, result.count, result.tag)',
        ),
        {
          operations: {
            rows: async () => ({
              kind: 'result',
              result: {
                columns: [['a', 20]],
                rows: [['9007199254740993'], [null]],
                count: 2,
                tag: 'SELECT 2',
              },
            }),
          },
        },
      )
      expect(told).toEqual([
        'ResultSet',
        [new PyTuple(['a', 20])],
        [['9007199254740993'], [null]],
        2,
        'SELECT 2',
      ])
    })

    test('ten megabytes go and come', async () => {
      const { error } = await run(
        migrating('text = "xä" * 5000000', 'assert moultg.call("echo", text)[0][0] == text'),
      )
      expect(error).toBeUndefined()
    })
  })
})
