const ZIP = 'PK\x03\x04'

/** How contents begin, as text of one character for each byte. */
const BEGINNINGS: readonly (readonly [beginning: string, mimetype: string])[] = [
  ['%PDF', 'application/pdf'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['BM', 'image/bmp'],
  ['\x00\x00\x01\x00', 'image/x-icon'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/msword'],
  ['<svg', 'image/svg+xml'],
]

/** Folders inside the zip that an office document is. */
const OFFICE: readonly (readonly [folder: string, mimetype: string])[] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
]
const OCTETS = 'application/octet-stream'

/** The MIME type of a content, by how it begins. */
export function guessMimetype(content: Buffer): string {
  const start = content.subarray(0, 1_024).toString('latin1')
  if (start.startsWith(ZIP)) {
    const text = content.toString('latin1')
    return OFFICE.find(([folder]) => text.includes(folder))?.[1] ?? 'application/zip'
  }
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image/webp'
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg/is.test(start)) {
    return 'image/svg+xml'
  }
  const known = BEGINNINGS.find(([beginning]) => start.startsWith(beginning))
  if (known !== undefined) return known[1]
  return isText(content) ? 'text/plain' : OCTETS
}

function isText(content: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells bytes from text
    return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text)
  } catch {
    return false
  }
}
