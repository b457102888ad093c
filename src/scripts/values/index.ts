/** Values that cross between a guest language and the host, where JSON has no word for them. */
export { decodeValue, encodeValue, type WireValue } from './codec.js'
export {
  type GuestAnswer,
  GuestError,
  type GuestOperation,
  type GuestOperations,
  type GuestResult,
} from './guest-operations.js'
export {
  CursorRef,
  EnvironmentRef,
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
  RawSql,
  RecordRef,
  SqlJson,
} from './guest-value.js'
