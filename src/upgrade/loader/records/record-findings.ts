import type { Finding, Place } from '../../../base/index.js'

interface Given {
  readonly model: string
  readonly id: string | undefined
  readonly place: Place
  readonly source: string
}

/** A data file names a model that the release does not have. */
export function modelUnknown({ model, id, place }: Given): Finding {
  return {
    code: 'RECORD_MODEL_UNKNOWN',
    severity: 'error',
    message: `A data file writes records of ${model}, which is no model with a table`,
    place,
    hint: 'Odoo refuses the file; correct it, or install the module that has the model.',
    data: { model, xmlId: id ?? null },
  }
}

export function fieldUnknown(model: string, field: string, { place, id }: Given): Finding {
  return {
    code: 'RECORD_FIELD_UNKNOWN',
    severity: 'error',
    message: `A data file gives ${model}.${field}, which is no field; the value is left out`,
    place,
    hint: 'Odoo refuses the file; correct it.',
    data: { model, field, xmlId: id ?? null },
  }
}

/** The record belongs to another module and is gone. */
export function foreignMissing(xmlId: string, { model, place }: Given): Finding {
  return {
    code: 'RECORD_FOREIGN_MISSING',
    severity: 'error',
    message: `${xmlId} is to be changed and does not exist; it is left out`,
    place,
    hint: 'Odoo breaks off here. Restore the record before the upgrade, or do without the change.',
    data: { model, xmlId },
  }
}

export function otherModel(xmlId: string, found: string, { model, place }: Given): Finding {
  return {
    code: 'RECORD_OTHER_MODEL',
    severity: 'error',
    message: `${xmlId} is a record of ${found}, and a data file writes it as one of ${model}; it is left out`,
    place,
    hint: 'Odoo breaks off here. Rename the external identifier by a script before the module loads.',
    data: { model, found, xmlId },
  }
}

/** A reference to a record that does not exist. */
export function referenceMissing(xmlId: string, { model, id, place }: Given): Finding {
  return {
    code: 'RECORD_REFERENCE_MISSING',
    severity: 'error',
    message: `${id ?? 'A record'} of ${model} refers to ${xmlId}, which does not exist; it is left out`,
    place,
    hint: 'Odoo breaks off here. Look why the record is missing, and restore it.',
    data: { model, xmlId, record: id ?? null },
  }
}

/** A value that only the release's own code could work out. */
export function valueLeft(model: string, field: string, { id, place }: Given): Finding {
  return {
    code: 'RECORD_VALUE_LEFT',
    severity: 'warning',
    message: `${model}.${field} of ${id ?? 'a record'} is left out: only the release's own code knows its value`,
    place,
    hint: 'Load the module with the loader odoo, or set the value by a script.',
    data: { model, field, xmlId: id ?? null },
  }
}

/** A call of a method that only the release's own code can make. */
export function callLeft(model: string, method: string, place: Place): Finding {
  return {
    code: 'RECORD_CALL_LEFT',
    severity: 'warning',
    message: `A data file calls ${model}.${method}, which was not done`,
    place,
    hint: 'Load the module with the loader odoo, or do by a script what the method does.',
    data: { model, method },
  }
}

/** PostgreSQL refuses records. */
export function recordsRefused(
  model: string,
  xmlIds: readonly string[],
  reason: string,
  place: Place,
): Finding {
  return {
    code: 'RECORDS_REFUSED',
    severity: 'error',
    message: `${xmlIds.length} records of ${model} could not be written: ${reason}`,
    place,
    hint: 'Mend the data by a script before the module loads.',
    data: { model, xmlIds: xmlIds.slice(0, 50) },
  }
}

/** PostgreSQL refuses demonstration data of a module; Odoo does without all of it as well. */
export function demoRefused(module: string, { message }: Error): Finding {
  return {
    code: 'DEMO_NOT_LOADED',
    severity: 'warning',
    message: `${module}: its demonstration data was refused and is left out: ${message}`,
    place: { object: module },
    hint: 'Odoo goes on without it as well; what other modules build on it may be missing.',
    data: { module },
  }
}
