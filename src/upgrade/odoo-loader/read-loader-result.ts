import { z } from 'zod'
import { InternalError } from '../../base/index.js'

const resultSchema = z.object({ models: z.number(), updated: z.array(z.string()) })

/** Reads what the guest answers when Odoo's loader has ended well. */
export function readLoaderResult(value: unknown): {
  readonly models: number
  readonly modules: readonly string[]
} {
  const parsed = resultSchema.safeParse(value)
  if (!parsed.success) {
    throw new InternalError('GUEST_ANSWER_MALFORMED', 'The Python interpreter answered nonsense', {
      cause: parsed.error,
    })
  }
  return { models: parsed.data.models, modules: parsed.data.updated }
}
