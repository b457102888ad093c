import { GuestError } from '../values/index.js'

/** `KeyError` of an environment. */
export function unknownModel(model: string): GuestError {
  return new GuestError('key', model, model)
}

export function unknownField(model: string, field: string): GuestError {
  return new GuestError('value', `Invalid field '${field}' on model '${model}'`, model)
}

/** Only Odoo's own code can do it; `what` is a field or a method of the model. */
export function needsOdoo(model: string, what: string): GuestError {
  return new GuestError('needs-odoo', what, model)
}

export function missingRecords(model: string, ids: readonly number[]): GuestError {
  const shown = ids.slice(0, 5).join(', ')
  const more = ids.length > 5 ? `, … (${ids.length})` : ''
  return new GuestError(
    'user',
    `Record does not exist or has been deleted.\n(Record: ${model}(${shown}${more}))`,
    'MissingError',
  )
}

export function invalid(message: string): GuestError {
  return new GuestError('value', message)
}
