/** Pixels for guests: what Pillow's compiled core does, done by the host. */
export { imageOperations } from './image-operations.js'
