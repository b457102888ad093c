import type { XmlField, XmlValue } from '../../../../odoo/data/index.js'
import type { SourceValue } from '../../../../odoo/models/index.js'
import type { RegistryField } from '../../../../odoo/registry/index.js'
import type { FieldValue } from '../pending-record.js'
import { htmlValue, xmlValue } from './markup.js'
import { idOf, namesOf, targetOf, type ValueScope } from './value-scope.js'

/** What a value asks for that cannot be worked out here. */
export interface Deferred {
  readonly kind: 'deferred'
  readonly what: 'search' | 'evaluate' | 'file'
}

const FALSE: ReadonlySet<string> = new Set(['0', 'false', 'off'])

/** The value that a `<field>` gives (odoo/tools/convert.py `_tag_record`). Errors: MissingXmlId, UnlearntXmlId. */
export function fieldValue(
  given: XmlField,
  field: RegistryField | undefined,
  scope: ValueScope,
): FieldValue | Deferred {
  if (given.search !== undefined) return { kind: 'deferred', what: 'search' }
  if (given.ref !== undefined) {
    if (field?.type !== 'reference') return idOf(given.ref, scope)
    const { model, id } = targetOf(given.ref, scope)
    return `${model},${id}`
  }
  const value = givenValue(given, scope)
  return isDeferred(value) ? value : coerced(value, field)
}

export function isDeferred(value: FieldValue | Deferred): value is Deferred {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'deferred'
}

/** The value of a `<field>` or `<value>` without `ref` (`_eval_xml`). */
export function givenValue(given: XmlValue, scope: ValueScope): SourceValue | Deferred {
  if (given.search !== undefined) return { kind: 'deferred', what: 'search' }
  if (given.eval !== undefined) {
    return scope.folder.fold(given.eval, namesOf(scope)) ?? { kind: 'deferred', what: 'evaluate' }
  }
  if (given.type === 'xml') return xmlValue(given.content ?? '', scope)
  if (given.type === 'html') return htmlValue(given.content ?? '', scope)
  if (given.file !== undefined) return { kind: 'deferred', what: 'file' }
  const text = given.text ?? ''
  switch (given.type ?? 'char') {
    case 'int':
      return text.trim() === 'None' ? null : Number.parseInt(text.trim(), 10)
    case 'float':
      return { kind: 'float', value: Number(text.trim()) }
    case 'file':
      return `${scope.module},${text.trim()}`
    case 'list':
    case 'tuple': {
      const items: SourceValue[] = []
      for (const one of given.values ?? []) {
        const item = givenValue(one, scope)
        if (isDeferred(item)) return item
        items.push(item)
      }
      return given.type === 'tuple' ? { kind: 'tuple', items } : items
    }
    default:
      return text
  }
}

function coerced(value: SourceValue, field: RegistryField | undefined): SourceValue {
  switch (field?.type) {
    case 'many2one':
      return truthy(value) ? Number(plain(value)) : false
    case 'integer':
      return typeof value === 'boolean' ? Number(value) : Math.trunc(Number(plain(value)))
    case 'boolean':
      return typeof value === 'string' ? !FALSE.has(value.trim().toLowerCase()) : value
    default:
      return value
  }
}

function truthy(value: SourceValue): boolean {
  return value !== null && value !== false && value !== '' && value !== 0
}

function plain(value: SourceValue): SourceValue {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'float'
    ? value.value
    : value
}
