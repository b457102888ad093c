import { describe, expect, it } from 'vitest'
import type { DumpEntry } from './dump-entry.js'
import { writePlainDump } from './plain-writer.js'

const ORIGIN = { database: 'shop', serverVersion: '15.18' }

function entry(id: number, more: Partial<DumpEntry> = {}): DumpEntry {
  return {
    id,
    section: 'pre-data',
    description: 'TABLE',
    namespace: 'public',
    tag: 'a',
    definition: 'CREATE TABLE public.a (\n    id integer\n);\n',
    dependencies: [],
    ...more,
  }
}

function rows(...chunks: readonly string[]): DumpEntry {
  return entry(2, {
    section: 'data',
    description: 'TABLE DATA',
    definition: '',
    rows: {
      copyStatement: 'COPY public.a (id) FROM stdin;\n',
      read: async function* () {
        for (const chunk of chunks) yield Buffer.from(chunk)
      },
    },
  })
}

async function written(entries: readonly DumpEntry[]): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of writePlainDump(entries, ORIGIN)) chunks.push(chunk)
  return chunks
}

async function text(entries: readonly DumpEntry[]): Promise<string> {
  return Buffer.concat(await written(entries)).toString()
}

describe('writePlainDump', () => {
  it('writes what pg_dump writes', async () => {
    const schema = entry(1, {
      description: 'SCHEMA',
      namespace: undefined,
      tag: 'extra',
      definition: 'CREATE SCHEMA extra;\n',
    })
    expect(await text([schema, entry(2), rows('1\n2', '\n'), entry(4, { tag: 'b' })])).toBe(`--
-- PostgreSQL database dump
--

-- Dumped from database version 15.18
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

--
-- Name: extra; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA extra;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: a; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.a (
    id integer
);


--
-- Data for Name: a; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.a (id) FROM stdin;
1
2
\\.


--
-- Name: b; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.a (
    id integer
);


--
-- PostgreSQL database dump complete
--

`)
  })

  it('keeps a name with line breaks inside its comment', async () => {
    const dump = await text([entry(1, { tag: 'a\n; DROP TABLE b; --', namespace: 'x\r\ny' })])
    expect(dump).toContain('-- Name: a ; DROP TABLE b; --; Type: TABLE; Schema: x y; Owner: -\n')
  })

  it('joins small pieces and passes large ones on', async () => {
    const many = Array.from({ length: 2000 }, (_, id) => entry(id + 1))
    const small = await written([...many, rows(...Array<string>(5000).fill('123456789\n'))])
    for (const chunk of small.slice(0, -1)) expect(chunk.length).toBeGreaterThanOrEqual(64 * 1024)
    const large = await written([rows('x'.repeat(1024 * 1024), '\n')])
    expect(large.length).toBeLessThanOrEqual(3)
  })

  it('fails when the rows fail', async () => {
    const broken = entry(1, {
      rows: {
        copyStatement: 'COPY public.a (id) FROM stdin;\n',
        // biome-ignore lint/correctness/useYield: fails before the first row
        read: async function* () {
          throw new Error('connection lost')
        },
      },
    })
    await expect(written([broken])).rejects.toThrow('connection lost')
  })
})
