/** Stamp cards become loyalty cards: table, model, fields. */
import { renameFields, renameModels, renameTables, type ScriptEnvironment } from 'moult'

export async function migrate(env: ScriptEnvironment): Promise<void> {
  const { helpers } = env
  await renameTables(helpers, [['workshop_stamp_card', 'workshop_loyalty_card']])
  await renameModels(helpers, [['workshop.stamp.card', 'workshop.loyalty.card']])
  await renameFields(helpers, [
    ['workshop.loyalty.card', 'workshop_loyalty_card', 'customer_id', 'partner_id'],
    ['workshop.loyalty.card', 'workshop_loyalty_card', 'stamps', 'points'],
  ])
}
