import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { connectToHost } from './connect-to-host.js'
import { ANSWERED, type InterpreterData, STATE_INTS } from './worker-protocol.js'

/** A host that notifies before it has an answer, as one does that was too late for the answer before. */
const HOST = `
const { workerData } = require('node:worker_threads')
const { state, port } = workerData
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
port.on('message', (question) => {
  for (let at = 0; at < 3; at += 1) {
    pause(10)
    Atomics.notify(state, ${ANSWERED})
  }
  port.postMessage('answer to ' + question)
  Atomics.store(state, ${ANSWERED}, 1)
  Atomics.notify(state, ${ANSWERED})
})`

test('an answer is waited for, whatever notifications come before it', async () => {
  const { port1, port2 } = new MessageChannel()
  const state = new Int32Array(new SharedArrayBuffer(4 * STATE_INTS))
  const worker = new Worker(HOST, {
    eval: true,
    workerData: { state, port: port2 },
    transferList: [port2],
  })
  try {
    const ask = connectToHost(dataOf(state, port1))
    expect(['a', 'b', 'c'].map(ask)).toEqual(['answer to a', 'answer to b', 'answer to c'])
  } finally {
    port1.close()
    await worker.terminate()
  }
})

function dataOf(state: Int32Array, questions: MessagePort): InterpreterData {
  return {
    pyodide: '',
    files: [],
    mounts: [],
    snapshot: undefined,
    makeSnapshot: false,
    searchPath: [],
    release: '16.0',
    state,
    interrupt: new Uint8Array(1),
    questions,
  }
}
