import { Presets, SingleBar } from 'cli-progress'
import type { Progress, StepState } from '../../base/index.js'
import { printable, type View } from './style.js'
import { formatBytes, formatDuration } from './units.js'

const LINE_INTERVAL_MS = 10_000
const SMALLEST_BAR = 10
const LARGEST_BAR = 30
/** Everything of a bar's line but the bar and what is being worked on. */
const AROUND_THE_BAR = 50

interface Output {
  readonly stream: NodeJS.WriteStream
  readonly view: View
  /** Whether lines can be drawn over. */
  readonly live: boolean
}

/** Shows steps: a bar that is drawn over on a terminal, now and then a line elsewhere. */
export function showProgress(progress: Progress, output: Output): void {
  if (output.live) showBar(progress, output)
  else showLines(progress, output)
}

function showBar(progress: Progress, { stream, view }: Output): void {
  const width = view.width ?? 80
  let bar: SingleBar | undefined
  progress.events.on('stepStarted', (state) => {
    const size = Math.min(LARGEST_BAR, Math.max(SMALLEST_BAR, width - AROUND_THE_BAR))
    const total = state.total === undefined ? '' : `{bar} {percentage}% | `
    bar = new SingleBar(
      {
        stream,
        format: ` {step} ${total}{amount} {item}`,
        barsize: size,
        hideCursor: true,
        clearOnComplete: true,
        linewrap: false,
        fps: 10,
        etaBuffer: 50,
      },
      Presets.shades_classic,
    )
    bar.start(Math.max(1, state.total ?? 1), 0, payload(state))
  })
  progress.events.on('stepAdvanced', (state) => {
    bar?.update(state.total === undefined ? 0 : state.done, payload(state))
  })
  progress.events.on('stepFinished', () => {
    bar?.stop()
    bar = undefined
  })
}

function payload(state: StepState): Record<string, string> {
  return { step: state.name, amount: amountOf(state), item: printable(state.item ?? '') }
}

/** `312 of 533 tables`, `14.2 MB of 62 MB` */
function amountOf({ done, total, unit }: StepState): string {
  if (unit === 'bytes') {
    return total === undefined ? formatBytes(done) : `${formatBytes(done)} of ${formatBytes(total)}`
  }
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
