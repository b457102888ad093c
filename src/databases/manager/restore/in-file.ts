import { UserError } from '../../../base/index.js'

/** Passes items on; an error of their reader, which knows only lines, is given the name of the file. */
export async function* inFile<T>(file: string, items: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* items
  } catch (error) {
    if (!(error instanceof UserError) || error.place?.file !== undefined) throw error
    throw new UserError(error.code, error.message, {
      cause: error.cause,
      data: error.data,
      place: { file, ...error.place },
      ...(error.hint !== undefined && { hint: error.hint }),
    })
  }
}
