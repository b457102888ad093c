import { type Options, Presets, SingleBar } from 'cli-progress'
import type { Progress, StepState } from '../../base/index.js'
import { printable, type View } from './style.js'
import { formatBytes, formatDuration } from './units.js'

const DEFAULT_WIDTH = 80
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

/** One bar at a time: a step inside another one takes its place until it is finished. */
function showBar(progress: Progress, { stream, view }: Output): void {
  const width = view.width ?? DEFAULT_WIDTH
  const running: StepState[] = []
  let bar: SingleBar | undefined
  const draw = (state: StepState | undefined): void => {
    bar?.stop()
    bar = state && new SingleBar(barOptions(stream, state, width), Presets.shades_classic)
    if (state !== undefined) bar?.start(state.total ?? 1, positionOf(state), payload(state))
  }
  progress.events.on('stepStarted', (state) => {
    running.push(state)
    draw(state)
  })
  progress.events.on('stepAdvanced', (state) => {
    running[running.length - 1] = state
    bar?.update(positionOf(state), payload(state))
  })
  progress.events.on('stepFinished', () => {
    running.pop()
    draw(running.at(-1))
  })
}

function barOptions(stream: NodeJS.WriteStream, state: StepState, width: number): Options {
  const bar = state.total === undefined ? '' : '{bar} {percentage}% | '
  return {
    stream,
    format: ` {step} ${bar}{amount} {item}`,
    barsize: Math.min(LARGEST_BAR, Math.max(SMALLEST_BAR, width - AROUND_THE_BAR)),
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    fps: 10,
  }
}

const positionOf = ({ total, done }: StepState): number => (total === undefined ? 0 : done)

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
