import { z } from 'zod'
import { CancelledError, InternalError, type MoultError, UserError } from '../../../base/index.js'
import { hasSqlState } from '../../../db/index.js'
import type { ScriptCall } from '../script-host.js'

/** What the guest says of a script that has ended; read with care, for the script may have written it. */
const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passed') }),
  z.object({ kind: z.literal('invalid'), message: z.string(), file: z.string() }),
  z.object({ kind: z.literal('needs-odoo'), model: z.string(), name: z.string() }),
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

export type Outcome = z.infer<typeof outcomeSchema>
type Failure = Extract<Outcome, { kind: 'failed' | 'interrupted' }>

export function readOutcome(text: string): Outcome {
  try {
    return outcomeSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new InternalError('GUEST_ANSWER_MALFORMED', 'The Python interpreter answered nonsense', {
      cause,
      data: { answer: text.slice(0, 200) },
    })
  }
}

/** The error for a script's bad end; `lastError` is what the last failing operation threw. */
export function outcomeError(
  outcome: Exclude<Outcome, { kind: 'passed' }>,
  call: ScriptCall,
  lastError: unknown,
): MoultError {
  if (outcome.kind === 'invalid') {
    return new UserError('SCRIPT_INVALID', `${nameOf(call)}: ${outcome.message}`, {
      hint: 'A script has a function migrate(cr, version); other files should not be named pre-, post- or end-.',
      place: { file: call.file },
    })
  }
  if (outcome.kind === 'needs-odoo') return needsOdoo(call, outcome.model, outcome.name)
  return scriptFailed(call, outcome, lastError)
}

/** Only the release's own ORM can run the script. */
export function needsOdoo(call: ScriptCall, model: string, name: string): MoultError {
  const what = [model, name].filter((part) => part !== '').join('.')
  return new UserError('SCRIPT_NEEDS_ODOO', `${nameOf(call)} needs Odoo's own ORM for ${what}`, {
    hint: "It runs where Odoo's own code loads the modules: with the whole source tree on the addons path, and without --loader none.",
    place: { file: call.file },
    data: { model, name },
  })
}

function scriptFailed(call: ScriptCall, failure: Failure, lastError: unknown): MoultError {
  const { type, message, traceback, file, line, sqlState } = failure
  const fromDatabase = sqlState !== undefined && hasSqlState(lastError, sqlState)
  const fromHost = type === 'HostError'
  const place = { file, ...(line !== null && { line }) }
  return new UserError('SCRIPT_FAILED', `${nameOf(call)} failed: ${type}: ${message}`, {
    hint: 'Correct the script or the data and run again; what the script did is undone.',
    place,
    data: { traceback, ...place, ...(sqlState !== undefined && { sqlState }) },
    ...((fromDatabase || fromHost) && { cause: lastError }),
  })
}

export function scriptTimeout(call: ScriptCall, seconds: number): MoultError {
  return new UserError('SCRIPT_TIMEOUT', `${nameOf(call)} ran longer than ${seconds} s`, {
    hint: 'Raise the limit, or look what the script waits for; what it did is undone.',
    place: { file: call.file },
    data: { seconds },
  })
}

export function scriptMemory(call: ScriptCall, bytes: number): MoultError {
  return new UserError(
    'SCRIPT_MEMORY',
    `${nameOf(call)} needs more memory than ${Math.round(bytes / 1024 / 1024)} MiB`,
    {
      hint: 'Raise the limit, read in smaller portions, or use a Python of your own (--python).',
      place: { file: call.file },
      data: { bytes },
    },
  )
}

export function scriptCrashed(call: ScriptCall, reason: string, cause: unknown): MoultError {
  return new UserError('SCRIPT_CRASHED', `${nameOf(call)} crashed its interpreter: ${reason}`, {
    hint: 'What it did is undone and the next script gets a new interpreter; a crash is mostly endless recursion in compiled code.',
    place: { file: call.file },
    cause,
  })
}

export function scriptCancelled(call: ScriptCall): MoultError {
  return new CancelledError(nameOf(call))
}

function nameOf({ module, phase, directory, file }: ScriptCall): string {
  return `${module} ${directory} ${phase} script ${file.replace(/^.*[\\/]/, '')}`
}
