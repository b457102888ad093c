import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GuestValue, PyTuple } from '../../values/index.js'
import { readPythonLiteral } from './python-literal.js'

test.each<[string, GuestValue | undefined]>([
  [
    `[('type', '=', "x"), ('a', 'in', [1, -2.5,])]`,
    [new PyTuple(['type', '=', 'x']), new PyTuple(['a', 'in', [1, -2.5]])],
  ],
  [
    "['|', ('a', '=', True), ('b', '!=', None)]",
    ['|', new PyTuple(['a', '=', true]), new PyTuple(['b', '!=', null])],
  ],
  ['(1)', 1],
  ['(1,)', new PyTuple([1])],
  ['()', new PyTuple([])],
  [String.raw`'it\'s\n'`, "it's\n"],
  ["u'x'", 'x'],
  ["[('a', '=', uid)]", undefined],
  ['[1 2]', undefined],
  ['[1', undefined],
  ['[,]', undefined],
  ['1, 2', undefined],
  ['', undefined],
])('%s is read', (text, expected) => {
  expect(readPythonLiteral(text)).toEqual(expected)
})

const scalar = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'grapheme' }),
)
const { value } = fc.letrec<{ value: GuestValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 4 })),
}))

function python(value: GuestValue): string {
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  return `'${String(value).replace(/[\\']/g, '\\$&')}'`
}

test('what Python writes is read back', () => {
  fc.assert(
    fc.property(value, (one) => {
      expect(readPythonLiteral(python(one))).toEqual(one)
    }),
  )
})
