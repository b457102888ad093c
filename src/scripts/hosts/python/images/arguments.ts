import { GuestError, type GuestValue, PyBytes, PyFloat, PyTuple } from '../../../values/index.js'
import { isPixelMode, type PixelMode } from './bitmap.js'

/** Arguments of one question; each reader refuses what is not of its kind, for the guest may send anything. */
export class Arguments {
  readonly #args: readonly GuestValue[]
  readonly #keywords: ReadonlyMap<string, GuestValue>

  constructor(args: readonly GuestValue[], keywords: ReadonlyMap<string, GuestValue>) {
    this.#args = args
    this.#keywords = keywords
  }

  /** An argument by its place or name. */
  value(name: number | string): GuestValue {
    return (typeof name === 'number' ? this.#args[name] : this.#keywords.get(name)) ?? null
  }

  number(name: number | string, missing?: number): number {
    const value = plain(this.value(name)) ?? missing
    if (typeof value === 'number' && Number.isFinite(value)) return value
    throw refused(name, 'a number')
  }

  whole(name: number | string, missing?: number): number {
    const value = this.number(name, missing)
    if (Number.isSafeInteger(value)) return value
    throw refused(name, 'a whole number')
  }

  flag(name: number | string): boolean {
    const value = this.value(name)
    return value === true || (typeof value === 'number' && value !== 0)
  }

  text(name: number | string): string {
    const value = this.value(name)
    if (typeof value === 'string') return value
    throw refused(name, 'text')
  }

  mode(name: number | string): PixelMode {
    const value = this.value(name)
    if (isPixelMode(value)) return value
    throw new GuestError('value', `Images of mode ${String(value)} are not supported`)
  }

  bytes(name: number | string): Uint8Array {
    const value = this.value(name)
    if (value === null && typeof name === 'string') return new Uint8Array()
    if (value instanceof PyBytes) return value.bytes
    throw refused(name, 'bytes')
  }

  list(name: number | string): readonly GuestValue[] {
    const value = this.value(name)
    if (value instanceof PyTuple) return value.items
    return Array.isArray(value) ? value : []
  }

  /** Left, top, right, bottom. */
  box(name: number | string): readonly [number, number, number, number] {
    const [left, top, right, bottom] = this.list(name).map(plain)
    const box = [left, top, right, bottom] as const
    if (!box.every((side) => typeof side === 'number' && Number.isFinite(side))) {
      throw refused(name, 'four numbers')
    }
    return box as readonly [number, number, number, number]
  }
}

function plain(value: GuestValue): number | undefined {
  if (value instanceof PyFloat) return value.value
  return typeof value === 'number' ? value : undefined
}

function refused(name: number | string, wanted: string): GuestError {
  return new GuestError('type', `Argument ${name} of an image operation must be ${wanted}`)
}
