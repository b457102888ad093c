import { MessageChannel } from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { connectToHost } from '../../src/scripts/hosts/python/embedded/connect-to-host.js'
import {
  ANSWERED,
  type InterpreterData,
} from '../../src/scripts/hosts/python/embedded/worker-protocol.js'

test('a wake-up call that comes late does not pass for an answer', () => {
  const { port1, port2 } = new MessageChannel()
  const state = new Int32Array(new SharedArrayBuffer(64))
  let calls = 0
  // The first call belongs to the question before; the answer is there at the second.
  const wait = vi.spyOn(Atomics, 'wait').mockImplementation(() => {
    calls += 1
    if (calls > 1) {
      port1.postMessage('answer')
      Atomics.store(state, ANSWERED, 1)
    }
    return 'ok'
  })
  try {
    const ask = connectToHost({ state, questions: port2 } as unknown as InterpreterData)
    expect(ask('question')).toBe('answer')
    expect(Atomics.load(state, ANSWERED)).toBe(0)
  } finally {
    wait.mockRestore()
    port1.close()
  }
})
