import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The path of a file or folder that the package brings along, by its path in the package: the same from the
 * sources, from the compiled modules and from the command line's bundle of them.
 */
export function packageFile(path: string): string {
  return join(dirname(fileURLToPath(import.meta.resolve('#package.json'))), path)
}
