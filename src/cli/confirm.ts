import { UsageError } from '../base/index.js'
import type { GivenOptions } from './command.js'

/** Asks on a terminal; `--yes` answers beforehand, and without a terminal it is demanded. */
export async function confirmOnTerminal(
  question: string,
  options: GivenOptions,
  json: boolean,
): Promise<boolean> {
  if (options.yes === true) return true
  if (json || process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
    throw new UsageError('CONFIRMATION_NEEDED', `${question} There is no terminal to ask on.`, {
      hint: 'Add --yes to say so beforehand.',
    })
  }
  const { confirm, isCancel } = await import('@clack/prompts')
  const answer = await confirm({ message: question, initialValue: false })
  return !isCancel(answer) && answer
}
