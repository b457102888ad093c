/** `env` and its helpers: the ones that openupgradelib's functions are made of, by name. */
import { renameFields, type ScriptEnvironment } from 'moult'

export async function migrate(env: ScriptEnvironment): Promise<void> {
  await renameFields(env.helpers, [
    ['workshop.booking', 'workshop_booking', 'customer_id', 'partner_id'],
  ])
}
