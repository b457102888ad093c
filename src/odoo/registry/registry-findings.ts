import type { Finding, Findings } from '../../base/index.js'
import type { ModelClass } from '../models/index.js'
import type { BaseField } from './merging/derive-field.js'

/** Tells what Odoo would refuse or warn of while it assembles the models, each thing once. */
export class RegistryFindings {
  readonly #findings: Findings
  readonly #told = new Set<string>()

  constructor(findings: Findings) {
    this.#findings = findings
  }

  parentUnknown(definition: ModelClass, parent: string): void {
    this.#class(definition, {
      code: 'MODEL_PARENT_UNKNOWN',
      message: `class ${definition.className} inherits from ${parent}, which no module before it defines`,
      hint: 'Odoo refuses to load the module. A module is missing, or is no dependency; the class is left out.',
    })
  }

  inheritanceCycle(definition: ModelClass, parent: string): void {
    this.#class(definition, {
      code: 'MODEL_INHERITANCE_CYCLE',
      message: `class ${definition.className} makes ${definition.name} inherit from ${parent}, which inherits from it`,
      hint: 'Python refuses it. Take one of the two away; this one is left out.',
    })
  }

  kindChanged(definition: ModelClass, kind: string): void {
    this.#class(definition, {
      code: 'MODEL_KIND_CHANGED',
      message: `class ${definition.className} extends ${definition.name} as ${definition.kind}, but it is ${kind}`,
      hint: 'Odoo refuses to load the module. Derive the class from what the model is; the class is left out.',
    })
  }

  orderInconsistent(definition: ModelClass): void {
    this.#class(definition, {
      code: 'MODEL_ORDER_INCONSISTENT',
      message: `there is no resolution order for ${definition.name} any more`,
      hint: 'Python raises TypeError. Name the parents in another order; the first was taken first.',
    })
  }

  tableInvalid(definition: ModelClass, table: string): void {
    this.#class(definition, {
      code: 'MODEL_TABLE_INVALID',
      message: `${table} is no name for the table of ${definition.name}`,
      hint: 'Odoo takes lower case letters, digits and _, 63 characters at most.',
    })
  }

  relatedBroken(field: BaseField, step: string): void {
    this.#field(field, {
      code: 'FIELD_RELATED_BROKEN',
      severity: 'error',
      message: `its path ${field.related?.join('.')} breaks off at ${step}`,
      hint: 'Odoo refuses to set the model up. Mend the path, or add the module that has the field.',
    })
  }

  comodelUnknown(field: BaseField): void {
    this.#field(field, {
      code: 'FIELD_COMODEL_UNKNOWN',
      severity: 'warning',
      message: `no module before it defines the model ${field.comodel ?? '(none)'}`,
      hint: 'Odoo warns and goes on with a model without records. Is a dependency missing?',
    })
  }

  classUnknown(field: BaseField): void {
    this.#field(field, {
      code: 'FIELD_CLASS_UNKNOWN',
      severity: 'warning',
      message: `its class fields.${field.fieldClass} is not known`,
      hint: 'It is taken for a field without a column.',
    })
  }

  relationInvalid(field: BaseField, what: string): void {
    this.#field(field, {
      code: 'FIELD_RELATION_INVALID',
      severity: 'error',
      message: what,
      hint: 'Odoo refuses to set the model up. Give the field a relation table of its own.',
    })
  }

  deleteRuleInvalid(field: BaseField): void {
    this.#field(field, {
      code: 'FIELD_DELETE_RULE_INVALID',
      severity: 'error',
      message: `it is required, and "set null" when what it points to is deleted`,
      hint: 'Odoo refuses to set the model up. Use cascade or restrict.',
    })
  }

  #class(
    definition: ModelClass,
    { code, message, hint }: Pick<Finding, 'code' | 'message'> & { readonly hint: string },
  ): void {
    const { module, name, place } = definition
    this.#tell(`${code} ${module} ${name} ${message}`, {
      ...{ code, hint, place, severity: 'error' },
      message: `Module ${module}: ${message}`,
      data: { module, model: name },
    })
  }

  #field(
    field: BaseField,
    { code, message, hint, severity }: Omit<Finding, 'place' | 'data'> & { readonly hint: string },
  ): void {
    const { model, name, module } = field
    const place = field.definitions.at(-1)?.place
    this.#tell(`${code} ${model} ${name}`, {
      ...{ code, severity, hint },
      message: `${model}.${name}: ${message}`,
      ...(place !== undefined && { place }),
      data: { module: module ?? null, model, field: name },
    })
  }

  #tell(key: string, finding: Finding): void {
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.#findings.add(finding)
  }
}
