import { type Options, Presets, SingleBar } from 'cli-progress'
import type { Progress, StepState } from '../../base/index.js'
import { amountOf, type Output } from './progress-view.js'
import { printable } from './style.js'

const DEFAULT_WIDTH = 80
const SMALLEST_BAR = 10
const LARGEST_BAR = 30
/** Everything of a bar's line but the bar and what is being worked on. */
const AROUND_THE_BAR = 62

/** One bar at a time: a step inside another one takes its place until it is finished. */
export function showBar(progress: Progress, { stream, view }: Output): void {
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
  const bar = state.total === undefined ? '' : '{bar} {percentage}% {eta_formatted} left | '
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
