import { askGuest } from '../../ask-guest.js'
import { deleteRecords } from '../../cleanup/delete-records.js'
import type { Barrier } from '../planning/file-planner.js'
import { callLeft } from '../record-findings.js'
import type { RecordsTurn } from '../records-turn.js'
import { fullXmlId } from '../values/value-scope.js'
import { writePending } from '../writing/write-pending.js'
import { isIdle, knownCall } from './known-calls.js'
import { searchIds } from './search-values.js'

/** Does what has to be done before a data file goes on; what is pending is written first. */
export async function passBarrier(barrier: Barrier, turn: RecordsTurn): Promise<void> {
  await writePending(turn)
  if (barrier.kind === 'function') {
    const call = knownCall(barrier.call, turn)
    if (call === undefined) {
      if (await isIdle(barrier.call, turn)) return
      const { model, name } = barrier.call
      if (await calledByGuest(barrier, turn)) return
      turn.scope.addFinding(callLeft(model, name, barrier.place))
    } else await call()
    return
  }
  const model = turn.hop.registry.models.get(barrier.model)
  if (model === undefined) return
  const ids = new Set<number>()
  if (barrier.search !== undefined) {
    for (const id of (await searchIds(barrier.model, barrier.search, turn)) ?? []) ids.add(id)
  }
  if (barrier.id !== undefined) {
    const full = fullXmlId(barrier.id, turn.module)
    await turn.xmlIds.learn(turn.scope.session, turn.hop.registry, [full])
    const target = turn.xmlIds.find(full)
    if (target !== undefined) ids.add(target.id)
  }
  if (ids.size === 0) return
  await deleteRecords([...ids], { model, hop: turn.hop, scope: turn.scope })
  turn.xmlIds.forget(model.name, ids)
}

/** The guest reads the element itself: there is no need to understand what it passes. */
async function calledByGuest({ place }: Barrier, turn: RecordsTurn): Promise<boolean> {
  const { module, mode, hop, scope } = turn
  const { file, line } = place
  if (file === undefined || line === undefined) return false
  const call = { module, mode, file, line }
  const done = await askGuest(hop, scope, (guest) => guest.callFunction(call, scope))
  if (done === undefined) return false
  hop.needs.meet(1)
  return true
}
