import type { Finding, UserError } from '../../base/index.js'

/** What is told of a script that failed and was undone. */
export function scriptFinding({ code, message, place, hint }: UserError): Finding {
  return {
    code,
    severity: 'error',
    message,
    ...(place !== undefined && { place }),
    ...(hint !== undefined && { hint }),
  }
}
