import type { DomainNode } from '../domain/parse-domain.js'
import { parseDomain } from '../domain/parse-domain.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'

/**
 * What limits a list besides its inverse: the field's own domain, and the model's name where the inverse is a
 * many2one_reference.
 */
export function fieldDomain(
  schema: ModelSchema,
  field: FieldSchema,
  inverse?: FieldSchema,
): DomainNode | undefined {
  const parts: DomainNode[] = []
  if (field.domain !== undefined) parts.push(parseDomain(field.domain))
  if (inverse?.modelField !== undefined) {
    parts.push({ kind: 'leaf', path: [inverse.modelField], operator: '=', value: schema.model })
  }
  return parts.length === 0 ? undefined : { kind: 'and', parts }
}
