export { changesBetween, rowsWritten, type TableChange } from './changes-between.js'
export { type DatabasePicture, takePicture } from './database-picture.js'
