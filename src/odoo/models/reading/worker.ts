import { workerData } from 'node:worker_threads'
import { serveTasks } from '../../../workers/index.js'
import { FileReader, type ReadingTask } from './file-reader.js'

const reader = await FileReader.start((workerData as { readonly cache?: string }).cache)
serveTasks((task: ReadingTask) => reader.readModule(task))
