/**
 * A Python value in the host. `None` is null; `list` an array; `dict` a Map in its order; `set` a Set;
 * whole floats that are no integers to Python stay {@link PyFloat}, integers beyond 2^53 {@link PyBigInt}.
 */
export type GuestValue =
  | null
  | boolean
  | number
  | string
  | readonly GuestValue[]
  | ReadonlyMap<GuestValue, GuestValue>
  | ReadonlySet<GuestValue>
  | PyTuple
  | PyBigInt
  | PyFloat
  | PyDecimal
  | PyDateTime
  | PyDate
  | PyTime
  | PyTimedelta
  | PyBytes
  | RawSql
  | SqlJson
  | RecordRef
  | CursorRef
  | EnvironmentRef

/** A tuple: to helpers, `("a",)` and `["a"]` mean different things. */
export class PyTuple {
  readonly items: readonly GuestValue[]
  constructor(items: readonly GuestValue[]) {
    this.items = items
  }
}

/** An integer that a double cannot hold. */
export class PyBigInt {
  readonly value: bigint
  constructor(value: bigint) {
    this.value = value
  }
}

/** A float that JSON has no number for (`nan`, `inf`, `-inf`). */
export class PyFloat {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

abstract class TextValue {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** `decimal.Decimal`, as its text. */
export class PyDecimal extends TextValue {
  readonly kind = 'decimal'
}
/** `datetime.datetime`, as ISO text; with an offset when it is aware. */
export class PyDateTime extends TextValue {
  readonly kind = 'datetime'
}
/** `datetime.date`, as ISO text. */
export class PyDate extends TextValue {
  readonly kind = 'date'
}
/** `datetime.time`, as ISO text. */
export class PyTime extends TextValue {
  readonly kind = 'time'
}
/** `datetime.timedelta`, as PostgreSQL's interval text, such as `1 days 2.000003 seconds`. */
export class PyTimedelta extends TextValue {
  readonly kind = 'timedelta'
}
/** SQL text that goes into a statement as it is: `AsIs`, or a composed `psycopg2.sql` object. */
export class RawSql extends TextValue {
  readonly kind = 'sql'
}

/** `bytes`, `bytearray` or `memoryview`. */
export class PyBytes {
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}

/** `psycopg2.extras.Json`: a value that becomes a jsonb. */
export class SqlJson {
  readonly value: GuestValue
  constructor(value: GuestValue) {
    this.value = value
  }
}

/** A recordset. */
export class RecordRef {
  readonly model: string
  readonly ids: readonly number[]
  constructor(model: string, ids: readonly number[]) {
    this.model = model
    this.ids = ids
  }
}

/** The cursor that the script was given. */
export class CursorRef {
  readonly kind = 'cursor'
}

/** An environment, with the context it has. */
export class EnvironmentRef {
  readonly context: ReadonlyMap<GuestValue, GuestValue>
  constructor(context: ReadonlyMap<GuestValue, GuestValue> = new Map()) {
    this.context = context
  }
}
