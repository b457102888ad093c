import type { SqlDumpMarks } from './sql-dump-item.js'

const START = 'PostgreSQL database dump'
const END = 'PostgreSQL database dump complete'
const FROM_SERVER = 'Dumped from database version '
const BY_VERSION = 'Dumped by pg_dump version '

/** Collects what pg_dump's comments say about a dump. */
export class MarkCollector implements SqlDumpMarks {
  serverVersion: string | undefined
  dumpVersion: string | undefined
  #starts = 0
  #ends = 0

  get started(): boolean {
    return this.#starts > 0
  }

  get complete(): boolean {
    return this.#starts > 0 && this.#ends >= this.#starts
  }

  /** Takes a comment that stands between statements, dashes included. */
  comment(comment: string): void {
    const text = comment.slice(2).trim()
    if (text === START) this.#starts += 1
    else if (text === END) this.#ends += 1
    else if (text.startsWith(FROM_SERVER)) this.serverVersion ??= text.slice(FROM_SERVER.length)
    else if (text.startsWith(BY_VERSION)) this.dumpVersion ??= text.slice(BY_VERSION.length)
  }
}
