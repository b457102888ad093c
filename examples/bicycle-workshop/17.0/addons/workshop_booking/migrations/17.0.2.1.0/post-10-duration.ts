/** Minutes become hours, for all bookings at once. */
import type { Environment } from 'moult'

export async function migrate(env: Environment): Promise<void> {
  const bookings = await env('workshop.booking').searchRead([['minutes', '!=', null]], ['minutes'])
  await env('workshop.booking').writeEach(
    bookings.map(({ id, minutes }) => ({ id, values: { duration: Number(minutes) / 60 } })),
  )
}
