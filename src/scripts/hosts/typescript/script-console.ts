import { Console } from 'node:console'
import { Writable } from 'node:stream'
import type { LogLevel, ScriptLog } from '../script-host.js'

type Log = (line: ScriptLog) => void

/** The `console` of scripts: what they print are lines of their log, and never of the program's output. */
export class ScriptConsole {
  readonly #out = new Lines('info', 'stdout')
  readonly #error = new Lines('warning', 'stderr')
  readonly console = new Console({ stdout: this.#out, stderr: this.#error, colorMode: false })

  /** Whose log it is from now on. */
  logTo(log: Log): void {
    this.#out.log = log
    this.#error.log = log
  }

  /** Sends what is not a whole line yet. */
  flush(): void {
    this.#out.flush()
    this.#error.flush()
  }
}

/** A stream whose lines are logged. */
class Lines extends Writable {
  log: Log = () => {}
  readonly #level: LogLevel
  readonly #logger: string
  #rest = ''

  constructor(level: LogLevel, logger: string) {
    super({ decodeStrings: false })
    this.#level = level
    this.#logger = logger
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    const lines = (this.#rest + String(chunk)).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const text of lines) this.#tell(text)
    done()
  }

  flush(): void {
    if (this.#rest !== '') this.#tell(this.#rest)
    this.#rest = ''
  }

  #tell(text: string): void {
    this.log({ level: this.#level, logger: this.#logger, text })
  }
}
