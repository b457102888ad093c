import { createInterface } from 'node:readline'
import { type CommandPlace, startMoult } from './moult-command.js'

/** One line of what `moult upgrade --json` writes while it works. */
export interface StreamedEvent {
  readonly event: string
  readonly name?: string
  readonly module?: string
  readonly file?: string
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string }
  readonly result?: Readonly<Record<string, unknown>>
}

/** How a followed command ended, and what it said until then. */
export interface FollowedRun {
  /** Null when it was killed. */
  readonly exit: number | null
  readonly events: readonly StreamedEvent[]
  readonly error: StreamedEvent['error']
  readonly stderr: string
  /** Milliseconds between the first event and the end. */
  readonly milliseconds: number
}

/** A command while it runs. */
export interface RunningCommand {
  /** Ends the process at once, as a power cut would. */
  kill(): void
}

/** Runs a command with `--json` and hears its events, in the moment in which they are written. */
export async function followMoult(
  place: CommandPlace,
  args: readonly string[],
  onEvent: (event: StreamedEvent, command: RunningCommand) => void = () => {},
): Promise<FollowedRun> {
  const child = startMoult(place, [...args, '--json'])
  const events: StreamedEvent[] = []
  const texts: string[] = []
  let stderr = ''
  let begun: number | undefined
  const kill = (): void => void child.kill('SIGKILL')
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  if (child.stdout === null) throw new Error('The command has no output')
  createInterface({ input: child.stdout }).on('line', (line) => {
    texts.push(line)
    const event = readEvent(line)
    if (event === undefined) return
    begun ??= performance.now()
    events.push(event)
    onEvent(event, { kill })
  })
  child.stdin?.end()
  const exit = await new Promise<number | null>((done) => child.on('close', done))
  return {
    exit,
    events,
    error: events.at(-1)?.error ?? errorOf(texts.join('\n')),
    stderr,
    milliseconds: begun === undefined ? 0 : performance.now() - begun,
  }
}

/** A line that a killed process has begun is none. */
function readEvent(line: string): StreamedEvent | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'event' in value
      ? (value as StreamedEvent)
      : undefined
  } catch {
    return undefined
  }
}

/** An error before the first event is a document of several lines. */
function errorOf(text: string): StreamedEvent['error'] {
  try {
    return JSON.parse(text).error
  } catch {
    return undefined
  }
}
