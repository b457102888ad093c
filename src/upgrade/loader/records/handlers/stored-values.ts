import { hasCreationMessages, logCreation } from '../../effects/creation-messages.js'
import type { EffectsScope } from '../../effects/effects-scope.js'
import { computeStored, hasStoredComputes } from '../../effects/stored-computes.js'
import type { RecordsTurn } from '../records-turn.js'
import type { ModelHandler } from './model-handler.js'
import { created, realIds } from './record-ids.js'

/** Stored computed fields of what was written. */
const computed: ModelHandler = {
  models: hasStoredComputes,
  async after(records, turn) {
    const model = records[0]?.model
    if (model === undefined) return
    const others = records.filter(({ isNew }) => !isNew)
    const changed = new Set(others.flatMap(({ values }) => [...values.keys()]))
    const scope = effectsScope(turn)
    await computeStored(model, realIds(created(records), turn), 'all', scope)
    await computeStored(model, realIds(others, turn), changed, scope)
  },
}

/** New records with a history begin it. */
const messages: ModelHandler = {
  models: hasCreationMessages,
  async after(records, turn) {
    const model = records[0]?.model
    const news = realIds(created(records), turn)
    if (model !== undefined) await logCreation(model, news, effectsScope(turn))
  },
}

function effectsScope({ hop, scope }: RecordsTurn): EffectsScope {
  return {
    session: scope.session,
    models: hop.registry.models,
    release: hop.source.release,
    uid: 1,
    addFinding: scope.addFinding,
  }
}

export const STORED_VALUE_HANDLERS: readonly ModelHandler[] = [computed, messages]
