import { basename } from 'node:path'
import type { Emitter, Step } from '../../base/index.js'
import type { RunEvents } from './run-events.js'

const EVERY_MS = 200
const SHOWN_STATEMENT = 60

/**
 * Keeps a progress step's item at what runs now: the module, the script, the statement, and how many
 * statements a second there are. Returns how to stop.
 */
export function showRun(events: Emitter<RunEvents>, step: Step): () => void {
  let doing = ''
  let statements = 0
  let since = performance.now()
  let shown = 0
  const show = (statement: string): void => {
    const now = performance.now()
    if (now - shown < EVERY_MS) return
    shown = now
    const rate = Math.round((statements * 1_000) / Math.max(1, now - since))
    step.advance(0, [doing, ...(rate > 0 ? [`${rate}/s`] : []), statement].join(' ').trim())
    if (now - since > 2_000) {
      statements = 0
      since = now
    }
  }
  const stops = [
    events.on('moduleLoading', ({ module }) => {
      doing = module
      show('')
    }),
    events.on('scriptStarted', ({ module, file }) => {
      doing = `${module} ${basename(file)}`
      show('')
    }),
    events.on('statement', ({ text }) => {
      statements += 1
      show(text.trim().replaceAll(/\s+/g, ' ').slice(0, SHOWN_STATEMENT))
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
