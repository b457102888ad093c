/** Minutes become hours, for all bookings at once. */
import type { ScriptEnvironment } from 'moult'

export async function migrate(env: ScriptEnvironment): Promise<void> {
  const bookings = await env('workshop.booking').searchRead([['minutes', '!=', null]], ['minutes'])
  await env('workshop.booking').writeEach(
    bookings.map(({ id, minutes }) => ({ id, values: { duration: Number(minutes) / 60 } })),
  )
}
