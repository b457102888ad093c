import { COMMANDS, type CommandSpec, GROUPS, type OptionSpec } from './command-table.js'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** Options that every command has. */
const COMMON: readonly OptionSpec[] = [
  ['--json', 'print the result as JSON'],
  ['-q, --quiet', 'show no progress'],
  ['-h, --help', 'show help'],
]

/** The script that teaches a shell moult's commands, options and their values; pure. */
export function completionScript(shell: Shell): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell]()
}

interface Flag {
  readonly short: string | undefined
  readonly long: string
  readonly takesValue: boolean
  readonly description: string
  readonly choices: readonly string[]
}

function flagsOf(spec: CommandSpec): readonly Flag[] {
  return [...spec.options, ...COMMON].map(([flags, description, choices]) => ({
    short: /(?:^|\s)(-[a-zA-Z])\b/.exec(flags)?.[1],
    long: /--[\w-]+/.exec(flags)?.[0] ?? '',
    takesValue: flags.includes('<'),
    description,
    choices: choices ?? [],
  }))
}

const topLevel = (): readonly { readonly name: string; readonly description: string }[] => [
  ...GROUPS,
  ...COMMANDS.filter((spec) => spec.group === undefined),
]

const wordsOf = (spec: CommandSpec): string => [spec.group, spec.name].filter(Boolean).join(' ')

function bashScript(): string {
  const flags = COMMANDS.map(
    (spec) =>
      `    '${wordsOf(spec)}') opts='${flagsOf(spec)
        .flatMap((flag) => [flag.long, ...(flag.short ? [flag.short] : [])])
        .join(' ')}' ;;`,
  )
  const choices = uniqueChoices().map(
    ([long, values]) =>
      `    ${long}) COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$cur")); return ;;`,
  )
  const groups = GROUPS.map(
    ({ name }) =>
      `    ${name}) COMPREPLY=($(compgen -W '${commandsOf(name)}' -- "$cur")); return ;;`,
  )
  return `# bash completion for moult
_moult() {
  local cur prev opts words
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  case "$prev" in
${choices.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${topLevel()
      .map(({ name }) => name)
      .join(' ')} help --help --version' -- "$cur"))
    return
  fi
  if [ "$COMP_CWORD" -eq 2 ]; then
    case "$prev" in
${groups.join('\n')}
    esac
  fi
  words="\${COMP_WORDS[1]}"
  case "$words" in
    ${GROUPS.map(({ name }) => name).join('|')}) words="$words \${COMP_WORDS[2]}" ;;
  esac
  case "$words" in
${flags.join('\n')}
  esac
  if [[ "$cur" == -* ]]; then
    COMPREPLY=($(compgen -W "$opts" -- "$cur"))
  else
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -o filenames -F _moult moult`
}

function zshScript(): string {
  const quote = (text: string): string =>
    text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, '\\$&')
  const describe = (items: readonly { readonly name: string; readonly description: string }[]) =>
    items.map(({ name, description }) => `'${name}:${quote(description)}'`).join(' ')
  const argumentsOf = (spec: CommandSpec): string =>
    flagsOf(spec)
      .map((flag) => {
        const value = flag.takesValue
          ? `:value:${flag.choices.length > 0 ? `(${flag.choices.join(' ')})` : '_files'}`
          : ''
        return `'${flag.long}[${quote(flag.description)}]${value}'`
      })
      .join(' \\\n        ')
  return `#compdef moult
# zsh completion for moult
_moult() {
  local -a commands
  if (( CURRENT == 2 )); then
    commands=(${describe(topLevel())})
    _describe 'command' commands
    return
  fi
  local key="$words[2]"
  case "$key" in
    ${GROUPS.map(({ name }) => name).join('|')})
      if (( CURRENT == 3 )); then
        case "$key" in
${GROUPS.map(({ name }) => `          ${name}) commands=(${describe(COMMANDS.filter((spec) => spec.group === name))}) ;;`).join('\n')}
        esac
        _describe 'command' commands
        return
      fi
      key="$key $words[3]"
      ;;
  esac
  case "$key" in
${COMMANDS.map((spec) => `    '${wordsOf(spec)}')\n      _arguments \\\n        ${argumentsOf(spec)} \\\n        '*:file:_files' ;;`).join('\n')}
  esac
}
_moult "$@"`
}

function fishScript(): string {
  const quote = (text: string): string =>
    `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const lines = ['# fish completion for moult', 'complete -c moult -n __fish_use_subcommand -f']
  for (const { name, description } of topLevel()) {
    lines.push(`complete -c moult -n __fish_use_subcommand -f -a ${name} -d ${quote(description)}`)
  }
  for (const { name } of GROUPS) {
    const unset = `__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${commandsOf(name)}`
    for (const spec of COMMANDS.filter((command) => command.group === name)) {
      lines.push(
        `complete -c moult -n ${quote(unset)} -f -a ${spec.name} -d ${quote(spec.description)}`,
      )
    }
  }
  for (const spec of COMMANDS) {
    const seen = [spec.group, spec.name]
      .filter(Boolean)
      .map((word) => `__fish_seen_subcommand_from ${word}`)
      .join('; and ')
    for (const flag of flagsOf(spec)) {
      const short = flag.short ? ` -s ${flag.short.slice(1)}` : ''
      const value =
        flag.choices.length > 0
          ? ` -xa ${quote(flag.choices.join(' '))}`
          : flag.takesValue
            ? ' -r'
            : ''
      lines.push(
        `complete -c moult -n ${quote(seen)}${short} -l ${flag.long.slice(2)}${value} -d ${quote(flag.description)}`,
      )
    }
  }
  return lines.join('\n')
}

function commandsOf(group: string): string {
  return COMMANDS.filter((spec) => spec.group === group)
    .map((spec) => spec.name)
    .join(' ')
}

/** Values by option; the same option has the same values in every command. */
function uniqueChoices(): readonly (readonly [string, readonly string[]])[] {
  const all = COMMANDS.flatMap(flagsOf).filter((flag) => flag.choices.length > 0)
  return [...new Map(all.map((flag) => [flag.long, flag.choices] as const))]
}
