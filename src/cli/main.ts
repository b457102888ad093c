import { readFileSync } from 'node:fs'
import { CommanderError } from 'commander'
import {
  codeOf,
  explainSystemError,
  MoultError,
  needPerson,
  Progress,
  packageFile,
  UsageError,
} from '../base/index.js'
import { readEnvironment } from '../config/index.js'
import type { CommandAction, CommandContext, CommandInput, CommandResult } from './command.js'
import { confirmOnTerminal } from './confirm.js'
import { renderError } from './output/error-view.js'
import { renderFindings } from './output/findings-view.js'
import { showProgress } from './output/progress-view.js'
import { type View, wrapLines } from './output/style.js'
import { buildProgram } from './program.js'

/** How a command ended: DESIGN §3. 130 is what shells expect after Ctrl-C. */
const EXIT = { done: 0, findings: 1, usage: 2, failed: 3, cancelled: 130 } as const

const DEFAULT_WIDTH = 80

/** Runs one command line; the only place that ends the process. */
export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = await run(argv)
}

async function run(argv: readonly string[]): Promise<number> {
  nameRuntime()
  outliveReaders()
  const version = ownVersion()
  const environment = readEnvironment()
  const json = argv.includes('--json')
  const view = viewOf(process.stdout, environment.noColor)
  const errorView = viewOf(process.stderr, environment.noColor)
  const controller = stopOnSignal()
  const progress = new Progress(controller.signal)
  let exit: number = EXIT.done
  let streamed = false
  const execute = async (action: CommandAction, input: CommandInput): Promise<void> => {
    const quiet = json || input.options.quiet === true
    if (!quiet) {
      const live = process.stderr.isTTY === true && !environment.isCi
      await showProgress(progress, { stream: process.stderr, view: errorView, live })
    }
    const context: CommandContext = {
      environment,
      progress,
      confirm: (question) => confirmOnTerminal(question, input.options, json),
      announce: (text) => quiet || write(process.stderr, wrapLines(errorView, text)),
      writeLine: (line) => quiet || write(process.stderr, [line]),
      stream: json
        ? (event) => {
            streamed = true
            write(process.stdout, [JSON.stringify(event)])
          }
        : undefined,
    }
    const result = await action(input, context)
    show(result, view, json && (streamed ? 'line' : 'document'))
    exit = needPerson(result.findings ?? []) ? EXIT.findings : EXIT.done
  }
  try {
    await buildProgram({ version, width: view.width ?? DEFAULT_WIDTH, execute }).parseAsync(argv, {
      from: 'user',
    })
    return exit
  } catch (failure) {
    const error = explainSystemError(failure)
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (json) write(process.stdout, [errorText(error, streamed)])
    else write(process.stderr, renderError(errorView, error, version))
    if (controller.signal.aborted) return EXIT.cancelled
    return error instanceof UsageError ? EXIT.usage : EXIT.failed
  }
}

/** Behind events the result is a line like them; else it is a document for people too. */
function show(result: CommandResult, view: View, json: false | 'line' | 'document'): void {
  const findings = result.findings ?? []
  if (json !== false) {
    const text =
      json === 'line'
        ? JSON.stringify({ event: 'result', result: result.data, findings })
        : JSON.stringify({ result: result.data, findings }, null, 2)
    write(process.stdout, [text])
    return
  }
  write(process.stdout, result.lines(view))
  if (findings.length > 0) write(process.stdout, ['', ...renderFindings(view, findings)])
}

function write(stream: NodeJS.WriteStream, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(`${lines.join('\n')}\n`)
}

function errorText(error: unknown, streamed: boolean): string {
  return streamed
    ? JSON.stringify({ event: 'error', error: asJson(error) })
    : JSON.stringify({ error: asJson(error) }, null, 2)
}

function asJson(error: unknown): unknown {
  if (error instanceof MoultError) return error
  return {
    code: 'DEFECT',
    tier: 'internal',
    message: error instanceof Error ? error.message : String(error),
    stack: error instanceof Error ? error.stack : undefined,
  }
}

function viewOf(stream: NodeJS.WriteStream, noColor: boolean): View {
  return {
    color: stream.isTTY === true && !noColor && stream.hasColors(),
    width: stream.isTTY === true ? stream.columns : undefined,
  }
}

/** The first Ctrl-C asks the work to stop and clean up; the second ends the process. */
function stopOnSignal(): AbortController {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.cancelled)
    controller.abort()
    if (process.stderr.isTTY) process.stderr.write('\nStopping … (Ctrl-C again to leave at once)\n')
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller
}

/** Whoever reads the output may have seen enough (`moult … | head`); the work goes on to its end. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (codeOf(error) !== 'EPIPE') throw error
    })
  }
}

/**
 * Says what Node says of itself from 21 on. pg asks for it, and otherwise makes a `Response` to find out,
 * for which Node loads its whole HTTP client.
 */
function nameRuntime(): void {
  if ('navigator' in globalThis) return
  const userAgent = `Node.js/${process.versions.node.split('.')[0]}`
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent }, configurable: true })
}

function ownVersion(): string {
  return String(JSON.parse(readFileSync(packageFile('package.json'), 'utf8')).version)
}
