import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Findings, readError, UsageError, UserError } from '../../../base/index.js'
import type { ScriptLog } from '../../../scripts/hosts/index.js'
import { type Shell, type ShellFacts, withShell } from '../../../shell/index.js'
import {
  type CommandAction,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  type GivenOptions,
  textOption,
} from '../../command.js'
import { count } from '../../output/units.js'
import { type UpgradeSource, upgradeSource } from '../upgrade/upgrade-source.js'
import { readHistory, writeHistory } from './history.js'
import { runPrompt } from './prompt.js'
import { type ShellPlace, withShellPlace } from './shell-host.js'
import { findShellSources } from './shell-sources.js'

/** What is to be run instead of a prompt. */
interface Script {
  readonly source: string
  readonly name: string
}

/** A line that was printed. */
interface Printed {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

const HISTORY = 'shell_history'

export const shellCommand: CommandAction = async (given, context) => {
  const { options } = given
  const commits = options.commit === true
  const source = await upgradeSource(given, context)
  if (commits && source.kind === 'file') {
    throw new UsageError('FILE_NOT_IN_PLACE', 'A backup file is never changed', {
      hint: 'Leave --commit out, or restore it first: moult db restore',
    })
  }
  const script = await scriptOf(given)
  if (script === undefined && context.stream !== undefined) {
    throw new UsageError('CONFLICTING_OPTIONS', '--json does not go together with a prompt', {
      hint: 'Give the code: --execute, --file, or a script on standard input.',
    })
  }
  return withShellPlace(source, options, context, (place) =>
    openAt(place, { source, script, commits, options, context }),
  )
}

interface ShellRequest {
  readonly source: UpgradeSource
  readonly script: Script | undefined
  readonly commits: boolean
  readonly options: GivenOptions
  readonly context: CommandContext
}

async function openAt(place: ShellPlace, request: ShellRequest): Promise<CommandResult> {
  const { script, commits, options, context } = request
  const { environment, progress } = context
  const findings = new Findings()
  const sources = await findShellSources(options, place.release, context, findings)
  const printed: Printed[] = []
  const isJson = context.stream !== undefined
  const print = (line: Printed): void => {
    if (isJson) printed.push(line)
    else process[line.stream].write(`${line.text}\n`)
  }
  const shellOptions = {
    ...place,
    ...sources,
    cache: environment.cache,
    commits,
    log: (line: ScriptLog) => show(line, print),
    progress,
  }
  return withShell(shellOptions, async (shell, facts) => {
    if (script !== undefined) for (const finding of facts.findings) findings.add(finding)
    context.announce(greeting(place, facts, request))
    const code =
      script === undefined
        ? await interactive(shell, context)
        : await runScript(shell, script, printed)
    await shell.finish(commits)
    const { orm, modules, models } = facts
    const { release } = place
    return {
      data: {
        ...{ source: nameOf(request.source), release: release.series, orm, modules, models },
        exit: code,
        committed: commits,
        output: printed,
      },
      findings: findings.list(),
      lines: () => [commits ? 'Committed.' : 'Rolled back: nothing has changed.'],
    }
  })
}

function nameOf(source: UpgradeSource): string {
  return source.kind === 'file' ? source.file : source.name
}

function greeting(
  { database, host, release, unfinished }: ShellPlace,
  facts: ShellFacts,
  request: ShellRequest,
) {
  const { source, commits, script } = request
  const name =
    source.kind === 'file' ? `${source.file}, restored for this session` : `"${database}"`
  const what =
    facts.orm === 'odoo'
      ? `${count(facts.modules, 'module')}, ${count(facts.models, 'model')}, by the release's own code.`
      : `${count(facts.models, 'model')}. No source tree of ${release.series} is known, so moult's own records stand in for its code: no computed values, no defaults or checks in Python. Name the tree with --addons-path.`
  // A script's result has them; at a prompt they would come too late.
  const leftOut = script === undefined ? facts.findings.map(({ message }) => message) : []
  const state = unfinished ? ['An upgrade of this database has not come to its end.'] : []
  const end = commits
    ? 'What is done is committed at the end (--commit).'
    : 'Everything is rolled back at the end; --commit keeps it.'
  return `Odoo ${release.series}, ${name} (${host.cluster.kind}): ${[what, ...leftOut, ...state, end].join('\n')}`
}

/** A script that raises, or leaves with a code, has done nothing: SHELL_SCRIPT_FAILED. */
async function runScript(
  shell: Shell,
  { source, name }: Script,
  printed: readonly Printed[],
): Promise<number> {
  const { raised, exit } = await shell.run(source, name)
  if (!raised && (exit ?? 0) === 0) return 0
  throw new UserError(
    'SHELL_SCRIPT_FAILED',
    raised ? `${name} raised an error` : `${name} left with code ${exit}`,
    {
      hint: 'What it did not commit itself is undone. The traceback stands before this line.',
      data: { exit, output: printed },
    },
  )
}

async function interactive(shell: Shell, { environment }: CommandContext): Promise<number> {
  const file = join(environment.home, HISTORY)
  const history = await readHistory(file)
  let kept: readonly string[] = history
  try {
    return await runPrompt(shell, {
      input: process.stdin,
      output: process.stdout,
      terminal: process.stdout.isTTY === true,
      history,
      keep: (lines) => {
        kept = [...lines]
      },
    })
  } finally {
    await writeHistory(file, kept)
  }
}

/** `--execute`, `--file`, or standard input where it is no terminal. */
async function scriptOf({ options }: CommandInput): Promise<Script | undefined> {
  const code = textOption(options, 'execute')
  const file = textOption(options, 'file')
  if (code !== undefined && file !== undefined) {
    throw new UsageError('CONFLICTING_OPTIONS', '--execute does not go together with --file', {
      hint: 'Leave one of them out.',
    })
  }
  if (code !== undefined) return { source: code, name: '--execute' }
  if (file !== undefined) {
    const source = await readFile(file, 'utf8').catch((error: unknown) => {
      throw readError(error, file)
    })
    return { source, name: file }
  }
  if (process.stdin.isTTY === true) return undefined
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return { source: Buffer.concat(parts).toString('utf8'), name: 'standard input' }
}

/** What Python prints, and of what Odoo logs, what needs attention. */
function show({ level, logger, text }: ScriptLog, print: (line: Printed) => void): void {
  if (logger === 'stdout' || logger === 'stderr') print({ stream: logger, text })
  else if (level !== 'debug' && level !== 'info') {
    print({ stream: 'stderr', text: `${level.toUpperCase()} ${logger}: ${text}` })
  }
}
