/**
 * What must be known about a statement while it is read, to find its end: whether it is a rule with
 * several actions in parentheses, a routine with a body in SQL (`BEGIN ATOMIC … END`), or a COPY that is
 * followed by rows. Fed with the unquoted words and the parentheses, in order.
 */
export class StatementShape {
  /** Whether {@link word} still has to be called. */
  wantsWords = true
  depth = 0
  hasComments = false
  #verb = ''
  #subject = ''
  #previous = ''
  #body = 0
  #fromStdin = false

  /** Takes a word in lower case; `qualified` when it stands behind a dot. */
  word(word: string, qualified: boolean): void {
    if (this.#verb === '') {
      this.#verb = word
      this.wantsWords = word === 'create' || word === 'copy'
    } else if (this.#verb === 'copy') {
      if (this.depth === 0 && word === 'stdin' && this.#previous === 'from') this.#fromStdin = true
    } else if (this.#subject === '') {
      if (word !== 'or' && word !== 'replace') {
        this.#subject = word
        this.wantsWords = word === 'function' || word === 'procedure'
      }
    } else if (!qualified) {
      this.#bodyWord(word)
    }
    this.#previous = word
  }

  /** A quoted name or a string: no word, and what stands before it is no keyword pair. */
  quoted(): void {
    if (this.#verb === '') {
      this.#verb = 'quoted'
      this.wantsWords = false
    }
    this.#previous = ''
  }

  /** The first word, in lower case. */
  get verb(): string {
    return this.#verb
  }

  get isCopyFromStdin(): boolean {
    return this.#fromStdin
  }

  /** Whether a semicolon here ends the statement. */
  get endsHere(): boolean {
    return this.#body === 0 && !(this.depth > 0 && this.#subject === 'rule')
  }

  #bodyWord(word: string): void {
    if (this.#body > 0) {
      // CASE is the only other thing that END closes; both are reserved, so names are quoted.
      if (word === 'case') this.#body += 1
      if (word === 'end') this.#body -= 1
    } else if (word === 'atomic' && this.#previous === 'begin' && this.depth === 0) {
      this.#body = 1
    }
  }
}
