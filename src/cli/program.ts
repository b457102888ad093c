import { Command, Option } from 'commander'
import type { CommandAction, CommandInput } from './command.js'
import { COMMANDS, type CommandSpec, GROUPS } from './command-table.js'

export interface ProgramOptions {
  readonly version: string
  readonly width: number
  readonly execute: (action: CommandAction, input: CommandInput) => Promise<void>
}

/** The command tree; the code of a command is loaded when it runs. */
export function buildProgram(options: ProgramOptions): Command {
  const program = new Command('moult')
  program
    .description('Upgrades Odoo databases between releases without an Odoo server.')
    .version(options.version, '-V, --version', 'show the version')
    .configureHelp({ helpWidth: options.width, sortSubcommands: false })
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showHelpAfterError('(moult --help shows all commands)')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      '\nExamples:\n  $ moult demo\n  $ moult plan backup.zip --to 17.0\n  $ moult upgrade backup.zip --to 17.0 -o upgraded.zip\n  $ moult doctor',
    )
  const groups = new Map<string, Command>()
  for (const spec of COMMANDS) addCommand(parentOf(spec, program, groups), spec, options)
  return program
}

/** A group stands where the first of its commands does. */
function parentOf({ group }: CommandSpec, program: Command, groups: Map<string, Command>): Command {
  if (group === undefined) return program
  const known = groups.get(group)
  if (known !== undefined) return known
  const description = GROUPS.find(({ name }) => name === group)?.description ?? ''
  const made = program.command(group).description(description).exitOverride()
  made.copyInheritedSettings(program)
  groups.set(group, made)
  return made
}

function addCommand(parent: Command, spec: CommandSpec, { execute }: ProgramOptions): void {
  const command = parent.command(`${spec.name} ${spec.args ?? ''}`.trim())
  command.copyInheritedSettings(parent)
  command.description(spec.description).exitOverride()
  const words = [spec.group, spec.name].filter(Boolean).join(' ')
  command.showHelpAfterError(`(moult ${words} --help shows how it is used)`)
  for (const [flags, description, choices] of spec.options) {
    const option = new Option(flags, description)
    if (choices !== undefined) option.choices([...choices])
    command.addOption(option)
  }
  command.option('--json', 'print the result as JSON')
  command.option('-q, --quiet', 'show no progress')
  command.addHelpText(
    'after',
    `\nExamples:\n${spec.examples.map((example) => `  $ ${example}`).join('\n')}`,
  )
  command.action(async (...given: unknown[]) => {
    const args = given
      .slice(0, command.registeredArguments.length)
      .filter((arg): arg is string => typeof arg === 'string')
    await execute(await spec.load(), { args, options: command.opts() })
  })
}
