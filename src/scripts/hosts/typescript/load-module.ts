import { createJiti } from 'jiti'
import { transform } from 'sucrase'

/** Loads a script as a module, by its path. */
export type LoadModule = (file: string) => Promise<Record<string, unknown>>

/**
 * Loads scripts as they are on disk now, whatever Node's version, the nearest package.json or an earlier load
 * say: an edited script must not run in its old form. Lines stay where they are.
 */
export function moduleLoader(
  modules: Readonly<Record<string, object>>,
  console: object,
): LoadModule {
  const loader = createJiti(import.meta.url, {
    moduleCache: false,
    fsCache: false,
    interopDefault: false,
    virtualModules: { ...modules, [CONSOLE]: { console } },
    transform: ({ source, filename }) => ({ code: withConsole(toCommonJs(source, filename)) }),
  })
  return (file) => loader.import<Record<string, unknown>>(file)
}

const CONSOLE = 'moult:console'
const STRICT = '"use strict";'

/** On the first line, so that lines stay where they are. */
function withConsole(code: string): string {
  const line = `const { console } = require(${JSON.stringify(CONSOLE)});`
  return code.startsWith(STRICT) ? `${STRICT}${line}${code.slice(STRICT.length)}` : line + code
}

/** Ten times faster than the loader's own way, which counts where there are thousands of scripts. */
function toCommonJs(source: string, file: string | undefined): string {
  return transform(source, {
    transforms: ['typescript', 'imports'],
    disableESTransforms: true,
    preserveDynamicImport: true,
    ...(file !== undefined && { filePath: file }),
  }).code
}
