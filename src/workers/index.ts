/** Threads that work through tasks side by side. */
export { serveTasks } from './serve-tasks.js'
export { WorkerPool, type WorkerPoolOptions } from './worker-pool.js'
