import type { AnalysisLine } from './analysis-line.js'

/**
 * How much a line asks for: `none`, the update does it all by itself; `look`, somebody should know; `work`,
 * data is lost or the update fails unless a script acts.
 */
export type Attention = 'none' | 'look' | 'work'

export interface Assessment {
  readonly attention: Attention
  readonly reason: string
}

const NONE = (reason: string): Assessment => ({ attention: 'none', reason })
const LOOK = (reason: string): Assessment => ({ attention: 'look', reason })
const WORK = (reason: string): Assessment => ({ attention: 'work', reason })

/** What a line means for the data of a database, as far as it can be told without knowing the module. */
export function assessLine(line: AnalysisLine): Assessment {
  switch (line.section) {
    case 'models':
      return assessModel(line)
    case 'fields':
      return assessField(line)
    case 'xmlIds':
      return assessXmlId(line)
  }
}

const WITHOUT_DATA = /\[(?:transient|abstract|sql_view)\]$/

function assessModel({ kind, text }: AnalysisLine): Assessment {
  if (WITHOUT_DATA.test(text)) return NONE('a model without rows of its own')
  switch (kind) {
    case 'new':
      return NONE('a new table is made by the update')
    case 'renamed':
      return WORK('the table has to be renamed before the module is loaded')
    case 'moved':
      return LOOK('its xml ids go to another module')
    default:
      return WORK('the table stays behind, and its rows are no longer seen')
  }
}

function assessField(line: AnalysisLine): Assessment {
  if (line.kind === 'new') return assessNewField(line)
  if (line.kind === 'deleted') return assessDeletedField(line)
  switch (line.attribute) {
    case 'module':
      return NONE('the column stays; the update gives it to the other module')
    case 'relation':
      return LOOK('references point into another table')
    case 'type':
      return WORK('the column has to be converted, or is emptied')
    case 'selection_keys':
      return lostKeys(line).length > 0
        ? WORK(`values that are no longer known: ${lostKeys(line).join(', ')}`)
        : NONE('only new values')
    case 'stored':
      return line.newValue === undefined
        ? LOOK('its column stays behind')
        : WORK('the update computes it for all rows, one by one')
    case 'required':
      return WORK('empty values have to be filled before the module is loaded')
    case 'table':
    case 'column1':
    case 'column2':
      return WORK('the table of the relation has to be renamed before the module is loaded')
    case '_inherits':
      return WORK('rows need a record of the new parent')
    case '_order':
      return NONE('only the order in which records are shown')
    default:
      return LOOK('the values come from somewhere else')
  }
}

function assessNewField({ attributes = {} }: AnalysisLine): Assessment {
  if (attributes.isfunction !== undefined || attributes.isrelated !== undefined) {
    return attributes.stored === undefined
      ? NONE('it has no column')
      : WORK('the update computes it for all rows, one by one')
  }
  if (attributes.mode === 'modify') return NONE('values or flags that another module adds')
  if (attributes.required !== undefined && attributes.hasdefault === undefined) {
    return WORK('rows that are there already need a value')
  }
  if (attributes.hasdefault === 'compute')
    return WORK('the update computes it for all rows, one by one')
  if (attributes.hasdefault === 'default') return LOOK('all rows get the default')
  return NONE('a new, empty column')
}

function assessDeletedField({ fieldType, attributes = {} }: AnalysisLine): Assessment {
  if (attributes.mode === 'modify') return LOOK('values or flags that a module no longer adds')
  if (fieldType === 'one2many') return NONE('it has no column')
  return WORK('its values are no longer seen')
}

/** Selection values of the old release that the new one lacks. */
export function lostKeys({ oldValue, newValue }: AnalysisLine): readonly string[] {
  const now = new Set(keysOf(newValue))
  return newValue === 'function' ? [] : keysOf(oldValue).filter((key) => !now.has(key))
}

/** The keys in Python's `repr` of a list of texts. */
function keysOf(repr: string | undefined): readonly string[] {
  if (repr === undefined || !repr.startsWith('[')) return []
  return [...repr.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(
    ([, single, double]) => single ?? double ?? '',
  )
}

function assessXmlId(line: AnalysisLine): Assessment {
  const { kind, attribute, noupdate, model, newValue } = line
  if (attribute === 'noupdate') {
    return newValue === 'true'
      ? LOOK('the flag in the database stays as it was')
      : WORK('the flag has to be taken away, or the record is not updated')
  }
  if (attribute === 'definition') {
    return WORK('rows that break the constraint have to be mended, or it is not made')
  }
  if (attribute === 'domain') return WORK('the old domain stays unless a script empties it')
  if (kind === 'new') return assessNewXmlId(model)
  if (kind === 'renamed' || kind === 'moved') return WORK('the xml id has to be renamed')
  if (kind !== 'deleted') return LOOK('')
  if (/ \[(?:renamed|moved) to /.test(line.text)) return WORK('the xml id has to be renamed')
  if (model === 'ir.model.constraint')
    return WORK('the constraint stays in the database unless dropped')
  return noupdate === true
    ? WORK('a record that must not be updated stays behind')
    : NONE('the update removes the record')
}

function assessNewXmlId(model: string): Assessment {
  return model === 'ir.model.constraint'
    ? WORK('rows that break the constraint have to be mended, or it is not made')
    : NONE('the update makes the record')
}
