import type { Emitter } from '../../../base/index.js'
import type { RunEvents } from '../../../upgrade/runner/index.js'
import { type OdooLogLine, renderOdooLog } from '../../output/odoo-log.js'

const LEVELS = {
  debug: 'DEBUG',
  info: 'INFO',
  warning: 'WARNING',
  error: 'ERROR',
  critical: 'CRITICAL',
} as const

/** Writes what happens in a run as Odoo would log it, line by line. */
export function logAsOdoo(
  events: Emitter<RunEvents>,
  database: string,
  write: (line: string) => void,
): void {
  const log = (line: OdooLogLine): void =>
    write(renderOdooLog(line, { time: new Date(), pid: process.pid, database }))
  const loading = 'odoo.modules.loading'
  events.on('hopStarted', ({ from, to, modules }) =>
    log({
      level: 'INFO',
      logger: loading,
      text: `loading ${modules} modules... (${from} to ${to})`,
    }),
  )
  events.on('moduleLoading', ({ module, index, total }) =>
    log({ level: 'INFO', logger: loading, text: `Loading module ${module} (${index}/${total})` }),
  )
  events.on('scriptStarted', ({ logLine }) =>
    log({ level: 'INFO', logger: 'odoo.modules.migration', text: logLine }),
  )
  // Odoo logs from INFO on unless told otherwise; debug lines hold every statement.
  events.on('scriptLog', ({ level, logger, text }) => {
    if (level !== 'debug') log({ level: LEVELS[level], logger, text })
  })
  events.on('finding', ({ severity, code, message }) =>
    log({
      level: severity === 'error' ? 'ERROR' : severity === 'warning' ? 'WARNING' : 'INFO',
      logger: `moult.${code}`,
      text: message,
    }),
  )
  events.on('hopFinished', ({ milliseconds }) =>
    log({
      level: 'INFO',
      logger: loading,
      text: `Modules loaded in ${(milliseconds / 1_000).toFixed(2)}s.`,
    }),
  )
}

/** Hands every event on as one object, for a stream of JSON lines. */
export function streamEvents(
  events: Emitter<RunEvents>,
  write: (event: Record<string, unknown>) => void,
): void {
  const names = [
    'hopStarted',
    'stepStarted',
    'moduleLoading',
    'scriptStarted',
    'scriptLog',
    'scriptFinished',
    'stepFinished',
    'checkpointMade',
    'finding',
    'hopFinished',
  ] as const satisfies readonly (keyof RunEvents)[]
  for (const name of names) {
    events.on(name, (event) => write({ event: name, at: new Date().toISOString(), ...event }))
  }
}
