import { crc32 } from 'node:zlib'
import type { RegistryRules } from '../registry-rules.js'

const LONGEST = 63
/** What is left of a name that gets a checksum of eight digits behind it. */
const KEPT = 54

/** The name of a constraint or index as Odoo looks it up; from 17 on long ones are shortened. */
export function objectName(name: string, rules: RegistryRules): string {
  if (!rules.hashedNames || name.length <= LONGEST) return name
  const checksum = crc32(Buffer.from(name)).toString(16).padStart(8, '0')
  return `${name.slice(0, KEPT)}_${checksum}`
}

/** The index that a field asks for. */
export function indexName(table: string, column: string, rules: RegistryRules): string {
  return objectName(`${table}_${rules.hashedNames ? '_' : ''}${column}_index`, rules)
}

/**
 * The name that PostgreSQL gives to an object by itself (ChooseRelationName): `first_second_label`, with
 * bytes cut off the longer of the two parts until it fits.
 */
export function automaticName(first: string, second: string, label: string): string {
  const room = LONGEST - label.length - 1 - (second === '' ? 0 : 1)
  let [a, b] = [Buffer.from(first), Buffer.from(second)]
  while (a.length + b.length > room) {
    if (a.length > b.length) a = a.subarray(0, -1)
    else b = b.subarray(0, -1)
  }
  return [a.toString(), ...(second === '' ? [] : [b.toString()]), label].join('_')
}
