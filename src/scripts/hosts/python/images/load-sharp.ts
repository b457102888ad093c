import { GuestError } from '../../../values/index.js'

export type Sharp = typeof import('sharp')['default']

/**
 * The library that decodes and encodes pictures; an optional dependency. Where it is absent the guest is
 * told so by an error that Python's `PIL` turns into StubUsed.
 */
export async function loadSharp(purpose: string): Promise<Sharp> {
  try {
    const { default: sharp } = await import('sharp')
    // Each picture is read once: what the library would keep of it only takes memory.
    sharp.cache(false)
    return sharp
  } catch {
    throw new GuestError(
      'helper',
      `${purpose} needs the package "sharp", which is not installed: run npm install sharp, or the script with a Python that has Pillow (--python)`,
      'no-images',
    )
  }
}
