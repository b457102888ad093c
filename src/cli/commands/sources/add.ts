import { UsageError } from '../../../base/index.js'
import {
  addSource,
  SOURCE_KINDS,
  type SourceKind,
  type SourceRecord,
} from '../../../odoo/sources/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { fetchPackages } from './fetch-packages.js'
import { kindOption, releaseArgument } from './release-argument.js'
import { renderSources } from './sources-table.js'

/** Without options both public repositories are fetched. */
export const addSourcesCommand: CommandAction = async ({ args, options }, context) => {
  const [text = ''] = args
  const release = releaseArgument(text)
  if (options.packages === true) return fetchPackages(release, options, context)
  if (options.index !== undefined) {
    throw new UsageError('CONFLICTING_OPTIONS', '--index is about Python packages', {
      hint: 'Add --packages, or leave --index out.',
    })
  }
  const [git, branch, folder] = ['git', 'branch', 'folder'].map((name) => textOption(options, name))
  const named = kindOption(textOption(options, 'kind'))
  const isNamed = named !== undefined || git !== undefined || folder !== undefined
  const kinds: readonly (SourceKind | undefined)[] = isNamed ? [named] : SOURCE_KINDS
  const added: SourceRecord[] = []
  for (const kind of kinds) {
    const request = {
      release,
      ...(kind !== undefined && { kind }),
      ...(git !== undefined && { git }),
      ...(branch !== undefined && { branch }),
      ...(folder !== undefined && { folder }),
      overwrite: options.overwrite === true,
    }
    added.push(await addSource(request, context.environment, context.progress))
  }
  return { data: added, lines: (view) => renderSources(view, added) }
}
