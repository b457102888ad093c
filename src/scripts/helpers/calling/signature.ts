import { InternalError } from '../../../base/index.js'
import { GuestError, type GuestValue } from '../../values/index.js'

/** One parameter of a Python function; without a default it is required. */
export interface Parameter {
  readonly name: string
  readonly fallback?: GuestValue
  /** May be left out and has no value then (`…` in the head). */
  readonly optional?: true
  /** Takes all further positional arguments (`*name`). */
  readonly rest?: true
}

/** The head of a Python function. */
export interface Signature {
  /** As scripts call it, such as `openupgrade_160.fill_analytic_distribution`. */
  readonly name: string
  readonly parameters: readonly Parameter[]
}

/**
 * Reads `name(a, b=None, c=..., *d)`; defaults are None, True, False, a text in double quotes, a number, or
 * `...` for none at all.
 */
export function parseSignature(text: string): Signature {
  const match = /^([\w.]+)\((.*)\)$/s.exec(text)
  const [, name, inside] = match ?? []
  if (name === undefined || inside === undefined) throw malformed(text)
  const parameters = inside
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => parseParameter(part, text))
  return { name, parameters }
}

/**
 * Gives each parameter its value as Python does.
 *
 * @throws GuestError `type`, with Python's text, for missing, surplus or unknown arguments.
 */
export function bindArguments(
  signature: Signature,
  args: readonly GuestValue[],
  keywords: ReadonlyMap<string, GuestValue>,
): ReadonlyMap<string, GuestValue> {
  const name = `${signature.name.replace(/^.*\./, '')}()`
  const { parameters } = signature
  const rest = parameters.find((parameter) => parameter.rest)
  if (rest === undefined && args.length > parameters.length) {
    throw surplus(name, parameters, args.length)
  }
  const bound = new Map<string, GuestValue>()
  parameters.forEach((parameter, index) => {
    const value = parameter.rest ? args.slice(index) : args[index]
    if (value !== undefined) bound.set(parameter.name, value)
  })
  for (const [keyword, value] of keywords) {
    if (!parameters.some((parameter) => parameter.name === keyword)) {
      throw new GuestError('type', `${name} got an unexpected keyword argument '${keyword}'`)
    }
    if (bound.has(keyword)) {
      throw new GuestError('type', `${name} got multiple values for argument '${keyword}'`)
    }
    bound.set(keyword, value)
  }
  const missing = parameters.filter((one) => !bound.has(one.name) && isRequired(one))
  if (missing.length > 0) throw tooFew(name, missing)
  for (const { name: parameter, fallback } of parameters) {
    if (!bound.has(parameter) && fallback !== undefined) bound.set(parameter, fallback)
  }
  return bound
}

function isRequired({ fallback, optional, rest }: Parameter): boolean {
  return fallback === undefined && optional === undefined && rest === undefined
}

function parseParameter(part: string, signature: string): Parameter {
  if (part.startsWith('*')) return { name: part.slice(1), rest: true }
  const at = part.indexOf('=')
  if (at < 0) return { name: part }
  if (part.endsWith('=...')) return { name: part.slice(0, at), optional: true }
  return { name: part.slice(0, at), fallback: parseDefault(part.slice(at + 1), signature) }
}

function parseDefault(text: string, signature: string): GuestValue {
  if (text === 'None') return null
  if (text === 'True') return true
  if (text === 'False') return false
  if (/^".*"$/.test(text)) return text.slice(1, -1)
  if (/^\d+$/.test(text)) return Number(text)
  throw malformed(signature)
}

function surplus(name: string, parameters: readonly Parameter[], given: number): GuestError {
  const required = parameters.filter(isRequired).length
  const most = parameters.length
  const takes = required === most ? `${most}` : `from ${required} to ${most}`
  const noun = most === 1 ? 'argument' : 'arguments'
  return new GuestError(
    'type',
    `${name} takes ${takes} positional ${noun} but ${given} ${given === 1 ? 'was' : 'were'} given`,
  )
}

function tooFew(name: string, missing: readonly Parameter[]): GuestError {
  const quoted = missing.map((one) => `'${one.name}'`)
  const last = quoted.at(-1) ?? ''
  const list =
    quoted.length < 2
      ? last
      : `${quoted.slice(0, -1).join(', ')}${quoted.length > 2 ? ',' : ''} and ${last}`
  const noun = quoted.length === 1 ? 'argument' : 'arguments'
  return new GuestError(
    'type',
    `${name} missing ${quoted.length} required positional ${noun}: ${list}`,
  )
}

function malformed(text: string): InternalError {
  return new InternalError('HELPER_SIGNATURE', `Not the head of a Python function: ${text}`)
}
