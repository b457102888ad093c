/** Text that a parser does not take; who asked for the parsing decides what becomes of it. */
export class MarkupError extends Error {
  /** Where it is, in characters from the start. */
  readonly position: number

  constructor(message: string, position: number) {
    super(message)
    this.position = position
  }
}
