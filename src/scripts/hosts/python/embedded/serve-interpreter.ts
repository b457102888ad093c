import type { MessagePort } from 'node:worker_threads'
import { AttachmentFiles } from './attachment-files.js'
import { confineNode } from './confine-node.js'
import { confineRealm } from './confine-realm.js'
import { connectToHost } from './connect-to-host.js'
import { limitFileMemory, limitMemory } from './limit-memory.js'
import { ReadOnlyFiles } from './read-only-files.js'
import { startPyodide } from './start-pyodide.js'
import type { InterpreterData, InterpreterReply, InterpreterRequest } from './worker-protocol.js'

/**
 * The life of an interpreter's thread: start it, take every way out away, answer commands. What a
 * script reaches after that is its interpreter's memory, the mounted folders, and the questions it may ask.
 */
export async function serveInterpreter(data: InterpreterData, port: MessagePort): Promise<void> {
  const reply = (message: InterpreterReply): void => port.postMessage(message)
  const exchange = connectToHost(data)
  limitMemory(data.state)
  const python = await startPyodide(data, (stream, text) =>
    reply({ kind: 'printed', stream, text }),
  )
  if (data.makeSnapshot) {
    reply({ kind: 'snapshot', memory: python.makeMemorySnapshot() })
    return
  }
  forgetSnapshot(data, python)
  const files = new ReadOnlyFiles(python.FS)
  const attachments = new AttachmentFiles(python.FS)
  for (const mount of data.mounts) {
    if (mount.writable === true) attachments.mount(mount)
    else files.mount(mount)
  }
  limitFileMemory(python.FS)
  const [handle, runPython] = connectGuest(python, exchange)
  python.setInterruptBuffer(data.interrupt)
  confineNode()
  confineRealm(python)
  runPython('import moultg.embedded; moultg.embedded.seal()')
  port.on('message', ({ text, mounts }: InterpreterRequest) => {
    try {
      for (const mount of mounts) files.mount(mount)
      const outcome = handle(text)
      for (const mount of mounts) files.unmount(mount)
      reply({ kind: 'outcome', text: outcome, size: python._module.HEAP8.length })
    } catch (error) {
      reply({ kind: 'crashed', message: error instanceof Error ? error.message : String(error) })
    }
  })
  reply({ kind: 'ready' })
}

/** The picture is a tenth of what a grown interpreter needs; nothing asks for it again. */
function forgetSnapshot(data: InterpreterData, { _api }: Interpreter): void {
  Reflect.deleteProperty(data, 'snapshot')
  const options = _api.config
  if (typeof options === 'object' && options !== null) {
    Reflect.deleteProperty(options, '_loadSnapshot')
  }
}

type Interpreter = Awaited<ReturnType<typeof startPyodide>>

function connectGuest(
  python: Interpreter,
  exchange: (question: string) => string,
): readonly [(command: string) => string, (code: string) => unknown] {
  python.runPython('import moultg.embedded; moultg.embedded.refresh()')
  const connect = python.pyimport('moultg.embedded').connect
  const run = python.runPython
  return [connect(exchange), (code) => run(code)]
}
