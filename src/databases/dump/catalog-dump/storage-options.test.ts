import { expect, it } from 'vitest'
import { formatOptions, withOptions } from './storage-options.js'

const source = {
  quote: (name: string) => (/^[a-z_]+$/.test(name) && name !== 'true' ? name : `"${name}"`),
}

it('quotes values that are no plain words', () => {
  const options = ['fillfactor=70', 'security_barrier=true', 'buffering=auto', 'a=b=c', 'bare']
  expect(formatOptions(source, options)).toEqual([
    "fillfactor='70'",
    "security_barrier='true'",
    'buffering=auto',
    "a='b=c'",
    "bare=''",
  ])
})

it('prefixes the options of a TOAST table', () => {
  expect(formatOptions(source, ['autovacuum_enabled=off'], 'toast.')).toEqual([
    'toast.autovacuum_enabled=off',
  ])
})

it('writes no clause without options', () => {
  expect(withOptions(formatOptions(source, null))).toBe('')
  expect(withOptions(["fillfactor='70'"], '\n')).toBe("\nWITH (fillfactor='70')")
})
