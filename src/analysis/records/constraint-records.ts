import type { ModuleLoad } from '../../odoo/registry/index.js'
import type { XmlIdRecord } from './release-records.js'

/** SQL constraints that Odoo reflects while it loads a module, each under the module that declares it. */
export function constraintRecords({ initialised }: ModuleLoad): readonly XmlIdRecord[] {
  return initialised.flatMap((model) =>
    model.constraints.map((constraint): XmlIdRecord => {
      const place = model.ownClasses.find(
        (definition) => definition.module === constraint.module,
      )?.place
      return {
        module: constraint.module,
        model: 'ir.model.constraint',
        name: `${constraint.module}.constraint_${constraint.name}`,
        noupdate: false,
        definition: normalizedDefinition(constraint.definition),
        table: model.table,
        ...(place !== undefined && { place }),
      }
    }),
  )
}

/** One pass for each replacement, in this order, as upgrade_analysis has it. */
export function normalizedDefinition(definition: string): string {
  return definition
    .toLowerCase()
    .replaceAll(', ', ',')
    .replaceAll(' (', '(')
    .replaceAll('\t', ' ')
    .replaceAll('\n', ' ')
    .replaceAll('   ', ' ')
    .replaceAll('  ', ' ')
    .trim()
}
