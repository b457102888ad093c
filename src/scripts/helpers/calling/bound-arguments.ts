import { GuestError, type GuestValue, PyBigInt, RecordRef } from '../../values/index.js'
import { describeType, isTruthy, itemsOf } from './python-values.js'

/** The arguments of one call, by the names that the Python function gives them. */
export class BoundArguments {
  readonly #function: string
  readonly #values: ReadonlyMap<string, GuestValue>

  constructor(functionName: string, values: ReadonlyMap<string, GuestValue>) {
    this.#function = functionName
    this.#values = values
  }

  /** Whether the argument has a value. */
  has(name: string): boolean {
    return this.#values.has(name)
  }

  /** Whatever was given. */
  value(name: string): GuestValue {
    return this.#values.get(name) ?? null
  }

  /** A text. @throws GuestError `type` */
  text(name: string): string {
    return this.asText(this.value(name), name)
  }

  /** A text, or undefined for None, False and the empty text. */
  optionalText(name: string): string | undefined {
    const value = this.value(name)
    return isTruthy(value) ? this.asText(value, name) : undefined
  }

  /** Python's truth of the argument. */
  flag(name: string): boolean {
    return isTruthy(this.value(name))
  }

  /** A whole number. @throws GuestError `type` */
  integer(name: string): number {
    return this.asInteger(this.value(name), name)
  }

  /** The elements of a list, tuple or set, the keys of a dict. @throws GuestError `type` */
  items(name: string): readonly GuestValue[] {
    return this.asItems(this.value(name), name)
  }

  /** The elements, each a text. */
  texts(name: string): readonly string[] {
    return this.items(name).map((item) => this.asText(item, name))
  }

  /** The elements, each a whole number; a recordset gives its ids. */
  integers(name: string): readonly number[] {
    const value = this.value(name)
    if (value instanceof RecordRef) return value.ids
    return this.items(name).map((item) => this.asInteger(item, name))
  }

  /** The elements, each a list or tuple itself. */
  tuples(name: string): readonly (readonly GuestValue[])[] {
    return this.items(name).map((item) => this.asItems(item, name))
  }

  /** Pairs of texts, as a list of tuples or a dict. */
  pairs(name: string): readonly (readonly [string, string])[] {
    return this.entries(name).map(([key, value]) => [
      this.asText(key, name),
      this.asText(value, name),
    ])
  }

  /** Keys and values of a dict, or pairs of a list of tuples such as `dict.items()`. */
  entries(name: string): readonly (readonly [GuestValue, GuestValue])[] {
    const value = this.value(name)
    if (value instanceof Map) return [...value]
    return this.tuples(name).map((pair) => {
      const [key, item] = pair
      if (pair.length !== 2 || key === undefined || item === undefined) {
        throw this.#wrong(name, 'pairs')
      }
      return [key, item]
    })
  }

  asText(value: GuestValue | undefined, name: string): string {
    if (typeof value === 'string') return value
    throw this.#wrong(name, 'str', value)
  }

  /** A text, or undefined for a value that Python takes as false. */
  asOptionalText(value: GuestValue | undefined, name: string): string | undefined {
    return value === undefined || !isTruthy(value) ? undefined : this.asText(value, name)
  }

  /** A text, or undefined for None and for an element that was left out. */
  asNone(value: GuestValue | undefined, name: string): string | undefined {
    return value === undefined || value === null ? undefined : this.asText(value, name)
  }

  asInteger(value: GuestValue | undefined, name: string): number {
    const number = value instanceof PyBigInt ? Number(value.value) : value
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number
    throw this.#wrong(name, 'int', value)
  }

  asItems(value: GuestValue | undefined, name: string): readonly GuestValue[] {
    const items = value === undefined ? undefined : itemsOf(value)
    if (items === undefined) throw this.#wrong(name, 'list or tuple', value)
    return items
  }

  #wrong(name: string, wanted: string, value?: GuestValue): GuestError {
    const got = value === undefined ? '' : `, not ${describeType(value)}`
    return new GuestError('type', `${this.#function}: argument '${name}' needs ${wanted}${got}`)
  }
}
