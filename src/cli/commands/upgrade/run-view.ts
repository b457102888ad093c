import type { Emitter } from '../../../base/index.js'
import { UsageError } from '../../../base/index.js'
import type { RunEvents } from '../../../upgrade/runner/index.js'
import { type CommandContext, type GivenOptions, textOption } from '../../command.js'
import { logAsOdoo, streamEvents } from './run-log.js'

/** Shows a run as the options say: as Odoo's log, as a stream of JSON, or by what scripts say aloud. */
export function followRun(
  events: Emitter<RunEvents>,
  database: string,
  options: GivenOptions,
  context: CommandContext,
): void {
  if (context.stream !== undefined) {
    streamEvents(events, context.stream)
    return
  }
  const format = textOption(options, 'logFormat') ?? 'short'
  if (format === 'odoo') {
    logAsOdoo(events, database, context.writeLine)
    return
  }
  if (format !== 'short') throw new UsageError('LOG_FORMAT_UNKNOWN', `"${format}" is no log format`)
  events.on('checkpointMade', ({ database: name, before }) =>
    context.announce(`Checkpoint before ${before}: ${name}`),
  )
  events.on('scriptLog', ({ level, module, text }) => {
    // An error ends the script and is told then.
    if (level === 'warning') context.announce(module === '' ? text : `${module}: ${text}`)
  })
}
