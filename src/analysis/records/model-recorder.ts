import type { RegistryModel } from '../../odoo/registry/index.js'
import { compareCodePoints } from '../../odoo/release/index.js'
import type { RegistryView } from './field-recorder.js'
import type { ModelRecord, RecordedModelType } from './release-records.js'

/** All models of a registry, in the order of the xml ids that Odoo gives to them. */
export function modelRecords(registry: RegistryView): readonly ModelRecord[] {
  return [...registry.models.values()]
    .map((model): ModelRecord => {
      const place = model.ownClasses.at(-1)?.place
      return {
        module: model.module,
        model: model.name,
        type: typeOf(model),
        ...(place !== undefined && { place }),
      }
    })
    .sort((a, b) => compareCodePoints(xmlIdOf(a.model), xmlIdOf(b.model)))
}

/** `model_res_partner`. */
function xmlIdOf(model: string): string {
  return `model_${model.replaceAll('.', '_')}`
}

function typeOf({ kind, auto }: RegistryModel): RecordedModelType {
  if (kind !== 'model') return kind
  return auto ? '' : 'sql_view'
}
