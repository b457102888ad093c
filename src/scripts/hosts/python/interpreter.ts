/** Answers a question of the guest; never rejects. Both are JSON texts. */
export type Answer = (question: string) => Promise<string>

/** A folder that scripts see: under which name in the interpreter, where it is, what the user calls it. */
export interface Mount {
  readonly guest: string
  /** Without symbolic links. */
  readonly host: string
  readonly shown: string
  /** A filestore: files with names of attachments may be written. Read-only otherwise. */
  readonly writable?: boolean
}

/** What one command needs besides its text. */
export interface CommandContext {
  readonly answer: Answer
  /** Folders for this command only. */
  readonly mounts: readonly Mount[]
  /** A line that was printed below Python's own streams. */
  readonly printed: (stream: 'stdout' | 'stderr', text: string) => void
  /** Bytes the interpreter may have; checked by those that can. */
  readonly memory: number
}

/** What came of a command. */
export interface CommandOutcome {
  /** JSON of the guest. */
  readonly text: string
  /** The memory limit was met on the way. */
  readonly memoryRefused: boolean
}

/** A Python interpreter with the guest package in it; does one command at a time. */
export interface Interpreter {
  /** Rejects with {@link InterpreterDiedError} when it ends before it has answered. */
  command(text: string, context: CommandContext): Promise<CommandOutcome>
  /** Raises KeyboardInterrupt in the running command; it may be swallowed or come late. */
  interrupt(): void
  /** Ends it at once. */
  kill(): Promise<void>
  /** False when the next script had better get a new one: it has died, or has grown. */
  isFit(): boolean
}

/** The interpreter is gone: it was killed, or it crashed. Never leaves this room. */
export class InterpreterDiedError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'InterpreterDiedError'
  }
}
