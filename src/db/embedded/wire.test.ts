import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../test/support/database-suite/suite.js'
import { Wire } from './wire.js'
import type { WorkerRequest } from './worker-protocol.js'
import type { WorkerThread } from './worker-thread.js'

const message = (type: string, ...body: (string | number[])[]): Buffer => {
  const bytes = Buffer.concat(body.map((part) => Buffer.from(part as string)))
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(bytes.length + 4, 1)
  return Buffer.concat([head, bytes])
}
const READY = message('Z', 'I')
const DONE = Buffer.concat([message('C', 'SELECT 0\0'), READY])
const FAILED = message('E', 'SERROR\0C22012\0Mdivision by zero\0\0')

/** A client whose engine gives these answers, one list of chunks to each group of messages. */
async function clientOf(...answers: readonly (readonly Buffer[])[]): Promise<pg.Client> {
  const left = [...answers]
  const thread = {
    async request(request: WorkerRequest, onData: (bytes: Uint8Array) => void) {
      if (request.kind === 'send') for (const chunk of left.shift() ?? [DONE]) onData(chunk)
    },
    consumed: () => {},
  }
  const client = new pg.Client({
    user: 'postgres',
    ssl: false,
    stream: () => new Wire(thread as unknown as WorkerThread, { client_encoding: 'UTF8' }),
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

describe('the connection to the embedded engine', () => {
  it('answers the queries after a failed one in their own right, though PGlite says ready twice', async () => {
    const [a, b] = [
      ['a', 'SELECT 1'],
      ['b', 'SELECT 2'],
    ].map(([name, tag]) =>
      Buffer.concat([
        message(
          'T',
          [0, 1],
          `${name}\0`,
          [0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0],
        ),
        message('D', [0, 1, 0, 0, 0, 1], name ?? ''),
        message('C', `${tag}\0`),
        READY,
      ]),
    ) as [Buffer, Buffer]
    const client = await clientOf([FAILED, READY, READY], [a], [b.subarray(0, 3), b.subarray(3)])
    expect(await failureOf(client.query('SELECT $1', [1]))).toMatchObject({ code: '22012' })
    expect((await client.query('SELECT $1', [2])).rows).toEqual([{ a: 'a' }])
    expect((await client.query('SELECT $1', [3])).rows).toEqual([{ b: 'b' }])
    expect(client.getTransactionStatus()).toBe('I')
  })

  it('fails when an answer breaks off, instead of waiting for its end for ever', async () => {
    const client = await clientOf([message('1'), FAILED.subarray(0, 9)])
    expect(await failureOf(client.query('SELECT $1', [1]))).toMatchObject({
      code: 'EMBEDDED_FAILED',
    })
    expect(await failureOf(client.query('SELECT 2'))).toBeInstanceOf(Error)
    await client.end()
  })
})
