/** Pixels for guests: what Pillow's compiled core does, done by the host. */
export { fitPicture, isSamePicture } from './fit-picture.js'
export { imageOperations } from './image-operations.js'
