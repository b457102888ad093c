import type { Progress, StepState } from '../../base/index.js'
import type { View } from './style.js'
import { formatBytes, formatDuration } from './units.js'

const LINE_INTERVAL_MS = 10_000

export interface Output {
  readonly stream: NodeJS.WriteStream
  readonly view: View
  /** Whether lines can be drawn over. */
  readonly live: boolean
}

/** Shows steps: a bar that is drawn over on a terminal, now and then a line elsewhere. */
export async function showProgress(progress: Progress, output: Output): Promise<void> {
  if (output.live) (await import('./progress-bar.js')).showBar(progress, output)
  else showLines(progress, output)
}

/** `312 of 533 tables`, `14.2 MB of 62 MB` */
export function amountOf({ done, total, unit }: StepState): string {
  if (unit === 'bytes') {
    return total === undefined ? formatBytes(done) : `${formatBytes(done)} of ${formatBytes(total)}`
  }
  if (total === undefined && done === 0) return ''
  return total === undefined ? `${done} ${unit}` : `${done} of ${total} ${unit}`
}

/** Never silent for long, never a flood: the beginning of a step, then a line every ten seconds. */
function showLines(progress: Progress, { stream }: Output): void {
  let started = 0
  let last = 0
  progress.events.on('stepStarted', (state) => {
    started = Date.now()
    last = started
    stream.write(`${state.name} …\n`)
  })
  progress.events.on('stepAdvanced', (state) => {
    if (Date.now() - last < LINE_INTERVAL_MS) return
    last = Date.now()
    stream.write(`${state.name}: ${amountOf(state)} after ${formatDuration(last - started)}\n`)
  })
}
