import { type GuestOperations, type GuestValue, PyBytes } from '../../../values/index.js'
import { Arguments } from './arguments.js'
import type { Bitmap } from './bitmap.js'
import { decodeFile } from './decode/decode-file.js'
import { encodeOperations } from './encode-operations.js'
import { ImageStore } from './image-store.js'
import { pixelOperations } from './pixel-operations.js'

/** One operation on images: answers a value, or an image that gets a handle. */
export type ImageOperation = (
  given: Arguments,
  store: ImageStore,
) => GuestValue | Bitmap | Promise<GuestValue | Bitmap>

/**
 * The operations `image.*`, which moult's `PIL` asks for. Pixels stay here; the guest has handles, numbers that
 * mean something to these operations alone. An image is answered as `[handle, mode, width, height]`.
 * Each operation takes the keyword `free`: handles that the guest has no use for any more. Make the operations
 * anew for each run: all images end with them.
 */
export function imageOperations(): GuestOperations {
  const store = new ImageStore()
  return Object.fromEntries(
    Object.entries({ ...FILE_OPERATIONS, ...pixelOperations, ...encodeOperations }).map(
      ([name, operation]) => [
        `image.${name}`,
        async (args, keywords) => {
          const given = new Arguments(args, keywords)
          store.free(given.list('free'))
          const answer = await operation(given, store)
          return { kind: 'value', value: isBitmap(answer) ? keep(store, answer) : answer }
        },
      ],
    ),
  ) satisfies GuestOperations
}

const FILE_OPERATIONS: Readonly<Record<string, ImageOperation>> = {
  /** `decode(bytes, format, mode, truncated=False)` */
  decode: (given) =>
    decodeFile({
      bytes: given.bytes(0),
      format: given.text(1),
      mode: given.mode(2),
      truncated: given.flag('truncated'),
    }),
  /** `free(handles)`: nothing but what each operation does. */
  free: (given, store) => {
    store.free(given.list(0))
    return null
  },
  /** `palette(image)`: the bytes of its colours, four each; None for an image without. */
  palette: (given, store) => {
    const { palette } = store.get(given.value(0))
    return palette === undefined ? null : new PyBytes(palette.colors)
  },
}

function keep(store: ImageStore, image: Bitmap): GuestValue {
  return [store.add(image), image.mode, image.width, image.height]
}

function isBitmap(answer: GuestValue | Bitmap): answer is Bitmap {
  return typeof answer === 'object' && answer !== null && 'data' in answer
}
