import { fileURLToPath } from 'node:url'
import type { Place } from '../../../base/index.js'

const FRAME = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()\s]*?):(\d+):\d+\)?$/

/** Where in its own file a script failed, as its stack tells; the file alone where it does not. */
export function placeInScript(error: unknown, file: string): Place {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  for (const line of stack.split('\n')) {
    const [, where, number] = FRAME.exec(line.trim()) ?? []
    if (where === undefined || number === undefined) continue
    const path = where.startsWith('file://') ? fileURLToPath(where) : where
    if (path === file) return { file, line: Number(number) }
  }
  return { file }
}
