import { z } from 'zod'
import { InternalError, type MoultError, UserError } from '../../../../base/index.js'
import { hasSqlState } from '../../../../db/index.js'

/** What the guest says of a command; read with care, for a script may have written it. */
const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passed'), value: z.unknown().optional() }),
  z.object({
    kind: z.enum(['failed', 'interrupted']),
    type: z.string(),
    message: z.string(),
    traceback: z.string(),
    file: z.string(),
    line: z.number().nullable(),
    sqlState: z.string().optional(),
  }),
])

export type OdooOutcome = z.infer<typeof outcomeSchema>
export type OdooFailure = Extract<OdooOutcome, { kind: 'failed' | 'interrupted' }>

export function readOdooOutcome(text: string): OdooOutcome {
  try {
    return outcomeSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new InternalError('GUEST_ANSWER_MALFORMED', 'The Python interpreter answered nonsense', {
      cause,
      data: { answer: text.slice(0, 200) },
    })
  }
}

/** The error for a failure inside Odoo; `lastError` is what the last failing operation threw. */
export function odooFailed(failure: OdooFailure, what: string, lastError: unknown): MoultError {
  const { type, message, traceback, file, line, sqlState } = failure
  const fromDatabase = sqlState !== undefined && hasSqlState(lastError, sqlState)
  const place = file === '' ? undefined : { file, ...(line !== null && { line }) }
  if (type === 'StubUsed') return packageMissing(failure, what, place)
  return new UserError('ODOO_FAILED', `${what}: ${type}: ${message}`, {
    hint: 'The traceback tells where in Odoo or in an addon it happened; what was not committed is undone.',
    ...(place !== undefined && { place }),
    data: { traceback, ...place, ...(sqlState !== undefined && { sqlState }) },
    ...((fromDatabase || type === 'HostError') && { cause: lastError }),
  })
}

function packageMissing(
  { message, traceback }: OdooFailure,
  what: string,
  place: { readonly file: string } | undefined,
): MoultError {
  return new UserError('PYTHON_PACKAGE_MISSING', `${what}: ${message}`, {
    hint: 'Name a folder with the package (--python-packages), or use a Python of your own that has it (--python).',
    ...(place !== undefined && { place }),
    data: { traceback },
  })
}
