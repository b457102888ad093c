import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, Findings, UsageError, writeError } from '../../../base/index.js'
import {
  type DraftLanguage,
  type DraftRequest,
  draftScript,
} from '../../../scripts/drafts/index.js'
import {
  type CommandAction,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  textOption,
} from '../../command.js'
import { draftFromAnalysis } from './draft-from-analysis.js'

const MANIFESTS = ['__manifest__.py', '__openerp__.py']
const MODULE = /^[A-Za-z0-9_]+$/
const VERSION = /^[\w.~-]+$/

export const newScriptCommand: CommandAction = async (input, context) => {
  const { args, options } = input
  const [module = '', version = ''] = args
  if (!MODULE.test(module)) {
    throw new UsageError('MODULE_NAME_INVALID', `"${module}" is no name of a module`, {
      hint: "Write the module's technical name, such as sale_stock.",
    })
  }
  if (options.fromAnalysis === true && version === '') {
    return newFromAnalysis(module, undefined, input, context)
  }
  if (!VERSION.test(version) || /^\.+$/.test(version)) {
    throw new UsageError('SCRIPT_VERSION_INVALID', `"${version}" is no version`, {
      hint: "Write the module's new version with its series, such as 17.0.1.1.0.",
    })
  }
  if (options.fromAnalysis === true) return newFromAnalysis(module, version, input, context)
  const request: DraftRequest = {
    module,
    version,
    phase: (textOption(options, 'phase') ?? 'pre') as DraftRequest['phase'],
    language: (textOption(options, 'language') ?? 'ts') as DraftLanguage,
  }
  const folder = join(folderOf(module, textOption(options, 'folder')), version)
  const name = textOption(options, 'name') ?? 'migration'
  const file = join(folder, `${request.phase}-${name}.${request.language}`)
  await writeNew(file, folder, draftScript(request))
  return {
    data: { file, ...request },
    lines: () => [`Wrote ${file}.`, `See it planned: moult plan DATABASE --explain ${module}`],
  }
}

/** The scripts that the module's analysis asks for. */
async function newFromAnalysis(
  module: string,
  version: string | undefined,
  { options }: CommandInput,
  context: CommandContext,
): Promise<CommandResult> {
  const findings = new Findings()
  const drafts = await draftFromAnalysis(module, version, { options, context, findings })
  const folder = join(folderOf(module, textOption(options, 'folder')), drafts.version)
  const files = drafts.files.map(({ name, text }) => ({ file: join(folder, name), text }))
  for (const { file, text } of files) await writeNew(file, folder, text)
  const { steps, guesses } = drafts
  return {
    data: { module, version: drafts.version, files: files.map(({ file }) => file), steps, guesses },
    findings: findings.list(),
    lines: () => [
      ...files.map(({ file }) => `Wrote ${file}.`),
      `${steps} steps, ${guesses} of them guesses that stand there as comments. Read all of it before it runs.`,
    ],
  }
}

/** Inside the module where it is nearby; else a folder of an upgrade path. */
function folderOf(module: string, given: string | undefined): string {
  if (given !== undefined) return join(given, module)
  const own = MANIFESTS.some((manifest) => existsSync(join(module, manifest)))
  return own ? join(module, 'migrations') : module
}

async function writeNew(file: string, folder: string, text: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw writeError(error, file)
    throw new UsageError('FILE_EXISTS', `${file} exists already`, {
      place: { file },
      hint: 'Choose another name with --name.',
    })
  }
}
