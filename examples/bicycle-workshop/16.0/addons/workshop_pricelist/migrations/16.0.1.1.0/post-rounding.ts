/** Prices of price lists are rounded to five cents: nobody wants copper coins. */
import type { ScriptCursor } from 'moult'

export async function migrate(cr: ScriptCursor): Promise<void> {
  const step = 5
  await cr.sql`
    UPDATE workshop_pricelist_item
       SET price_cents = round(price_cents::numeric / ${step}) * ${step}
     WHERE price_cents % ${step} <> 0`
}
