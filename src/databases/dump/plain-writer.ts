import type { DumpEntry, DumpOrigin } from './dump-entry.js'

/** Small pieces are joined until a chunk has this size. */
const CHUNK_BYTES = 64 * 1024

function beginning(origin: DumpOrigin): string {
  return `--
-- PostgreSQL database dump
--

-- Dumped from database version ${oneLine(origin.serverVersion)}
-- Dumped by moult

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

`
}

/** Written before the first entry that has storage. */
const STORAGE = `SET default_tablespace = '';

SET default_table_access_method = heap;

`

const END = `--
-- PostgreSQL database dump complete
--

`

const STORED: ReadonlySet<string> = new Set(['TABLE', 'MATERIALIZED VIEW'])

/**
 * A dump as text that `psql` of PostgreSQL 12 to 18 loads, in the form in which pg_dump 15 writes it,
 * without the lines that only some versions know.
 */
export async function* writePlainDump(
  entries: Iterable<DumpEntry>,
  origin: DumpOrigin,
): AsyncIterable<Uint8Array> {
  let pieces: Buffer[] = []
  let size = 0
  for await (const piece of dumpPieces(entries, origin)) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : asBuffer(piece)
    pieces.push(bytes)
    size += bytes.length
    if (size < CHUNK_BYTES) continue
    yield joinPieces(pieces)
    pieces = []
    size = 0
  }
  if (size > 0) yield joinPieces(pieces)
}

async function* dumpPieces(
  entries: Iterable<DumpEntry>,
  origin: DumpOrigin,
): AsyncIterable<string | Uint8Array> {
  let text = beginning(origin)
  let stored = false
  for (const entry of entries) {
    if (!stored && STORED.has(entry.description)) {
      text += STORAGE
      stored = true
    }
    text += heading(entry)
    if (entry.rows === undefined) {
      text += `${entry.definition.trimEnd()}\n\n\n`
    } else {
      yield `${text}${entry.rows.copyStatement}`
      yield* entry.rows.read()
      text = '\\.\n\n\n'
    }
    if (text.length >= CHUNK_BYTES) {
      yield text
      text = ''
    }
  }
  yield `${text}${END}`
}

function heading(entry: DumpEntry): string {
  const prefix = entry.rows === undefined ? '' : 'Data for '
  const schema = oneLine(entry.namespace ?? '-')
  return `--\n-- ${prefix}Name: ${oneLine(entry.tag)}; Type: ${entry.description}; Schema: ${schema}; Owner: -\n--\n\n`
}

const LINE_BREAK = /[\r\n]/
const LINE_BREAKS = /[\r\n]+/g

/** A name with a line break would end the comment that it stands in, and go on as SQL. */
function oneLine(text: string): string {
  return LINE_BREAK.test(text) ? text.replaceAll(LINE_BREAKS, ' ') : text
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function joinPieces(pieces: readonly Buffer[]): Buffer {
  const [only] = pieces
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces)
}
