import { removeSources } from '../../../odoo/sources/index.js'
import { type CommandAction, textOption } from '../../command.js'
import { kindOption, releaseArgument } from './release-argument.js'

/** What is removed can be fetched again, so it is done without a question. */
export const removeSourcesCommand: CommandAction = async ({ args, options }, { environment }) => {
  const [text = ''] = args
  const { series } = releaseArgument(text)
  const kind = kindOption(textOption(options, 'kind'))
  const removed = await removeSources(series, environment, kind && [kind])
  return {
    data: removed,
    lines: () =>
      removed.map((source) =>
        'folder' in source.origin
          ? `Forgot ${source.kind} ${series}; ${source.origin.folder} stays as it is.`
          : `Removed ${source.kind} ${series}.`,
      ),
  }
}
