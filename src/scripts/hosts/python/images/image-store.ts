import { GuestError } from '../../../values/index.js'
import type { Bitmap } from './bitmap.js'

/** Bytes that the images of one script may take together. */
const MOST_BYTES = 1_500_000_000

/** Images of guests, by number. */
export class ImageStore {
  readonly #images = new Map<number, Bitmap>()
  #last = 0
  #bytes = 0

  /** Keeps an image; throws ValueError when there is no room for it. */
  add(image: Bitmap): number {
    this.reserve(image.data.byteLength)
    this.#bytes += image.data.byteLength
    this.#last += 1
    this.#images.set(this.#last, image)
    return this.#last
  }

  get(handle: unknown): Bitmap {
    const image = typeof handle === 'number' ? this.#images.get(handle) : undefined
    if (image === undefined) throw new GuestError('value', 'The image is not open any more')
    return image
  }

  free(handles: readonly unknown[]): void {
    for (const handle of handles) {
      if (typeof handle !== 'number') continue
      this.#bytes -= this.#images.get(handle)?.data.byteLength ?? 0
      this.#images.delete(handle)
    }
  }

  /** Throws ValueError when so many bytes more are too many. */
  reserve(bytes: number): void {
    if (this.#bytes + bytes <= MOST_BYTES) return
    throw new GuestError('value', `The images need more than ${MOST_BYTES} bytes of memory`)
  }
}
