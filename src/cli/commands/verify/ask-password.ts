import { CancelledError, UsageError } from '../../../base/index.js'

/** Asks for a password on a terminal, without showing it; PASSWORD_NEEDED where there is none. */
export async function askPasswordOnTerminal(question: string, json: boolean): Promise<string> {
  if (json || process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
    throw new UsageError('PASSWORD_NEEDED', `${question}: there is no terminal to ask on`, {
      hint: 'Set MOULT_ODOO_PASSWORD, or give --password.',
    })
  }
  const { password, isCancel } = await import('@clack/prompts')
  const answer = await password({ message: question })
  if (isCancel(answer)) throw new CancelledError(question)
  return answer ?? ''
}
