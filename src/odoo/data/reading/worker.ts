import { workerData } from 'node:worker_threads'
import { serveTasks } from '../../../workers/index.js'
import { DataReader } from './data-reader.js'
import type { DataAnswer, DataTask, DataWorkerOptions } from './data-task.js'

const { cacheDirectory } = workerData as DataWorkerOptions
const reader = new DataReader(cacheDirectory)

serveTasks<DataTask, DataAnswer>((task) => reader.answer(task))
