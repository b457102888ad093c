import { parentPort, workerData } from 'node:worker_threads'
import { serveInterpreter } from './serve-interpreter.js'
import type { InterpreterData } from './worker-protocol.js'

if (parentPort !== null) await serveInterpreter(workerData as InterpreterData, parentPort)
