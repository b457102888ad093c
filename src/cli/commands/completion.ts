import { UsageError } from '../../base/index.js'
import type { CommandAction } from '../command.js'
import { completionScript, SHELLS } from '../completion.js'

export const completionCommand: CommandAction = async ({ args }) => {
  const shell = SHELLS.find((known) => known === args[0])
  if (shell === undefined) {
    throw new UsageError('UNKNOWN_SHELL', `There is no completion for "${args[0]}"`, {
      hint: `Choose one of ${SHELLS.join(', ')}.`,
    })
  }
  const script = completionScript(shell)
  return { data: { shell, script }, lines: () => [script] }
}
