/** Bookings that were asked for and never confirmed lapse, half a year after the last one was made. */
import type { ScriptEnvironment } from 'moult'

export async function migrate(env: ScriptEnvironment): Promise<void> {
  const asked = await env('workshop.booking').search([['state', '=', 'asked']])
  const lapsed = await asked.filtered(
    ['starts_at'],
    ({ starts_at }) => String(starts_at) < '2024-11-05',
  )
  await lapsed.write({ state: 'lapsed' })
}
