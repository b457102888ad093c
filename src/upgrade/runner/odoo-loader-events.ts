import { Emitter, type Finding } from '../../base/index.js'
import type { OdooLoaderEvents } from '../odoo-loader/index.js'
import type { RunEvents } from './run-events.js'

/** Tells a run's listeners what Odoo's loader does; its warnings and errors become findings. */
export function forwardLoaderEvents(
  events: Emitter<RunEvents>,
  addFinding: (finding: Finding) => void,
): Emitter<OdooLoaderEvents> {
  const loader = new Emitter<OdooLoaderEvents>()
  loader.on('moduleStarted', ({ module, index, total, updates }) => {
    if (updates) events.emit('moduleLoading', { module, index, total })
  })
  loader.on('scriptStarted', (script) => events.emit('scriptStarted', script))
  loader.on('scriptFinished', ({ milliseconds, statements, ...script }) =>
    events.emit('scriptFinished', { ...script, milliseconds, statements, rows: 0 }),
  )
  loader.on('scriptFailed', ({ module, type, message, file, line }) =>
    addFinding({
      code: 'SCRIPT_FAILED',
      severity: 'error',
      message: `${module === undefined ? '' : `${module}: `}${type}: ${message}`,
      place: { file, ...(line !== undefined && { line }) },
      hint: 'It was undone, and the run went on: mend it before the real upgrade.',
    }),
  )
  loader.on('statement', (statement) => events.emit('statement', statement))
  loader.on('log', (line) => {
    events.emit('scriptLog', { ...line, module: line.module ?? '' })
    if (line.level === 'debug' || line.level === 'info') return
    addFinding({
      code: line.level === 'warning' ? 'ODOO_WARNING' : 'ODOO_ERROR',
      severity: 'warning',
      message: `${line.module === undefined ? '' : `${line.module}: `}${line.text}`,
      ...(line.file !== undefined && {
        place: { file: line.file, ...(line.line !== undefined && { line: line.line }) },
      }),
      data: { logger: line.logger, level: line.level },
    })
  })
  loader.on('scriptCommitted', ({ module, file, honoured }) =>
    addFinding({
      code: honoured ? 'SCRIPT_COMMITTED' : 'SCRIPT_COMMIT_IGNORED',
      severity: honoured ? 'warning' : 'info',
      message: `${module ?? 'A script'}: commit() was called in the middle of a module`,
      ...(file !== undefined && { place: { file } }),
    }),
  )
  return loader
}
