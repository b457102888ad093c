import { execFileSync, spawnSync } from 'node:child_process'
import { copyFile, cp, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of moult's own Python code. */
export const GUEST_FOLDER = fileURLToPath(new URL('../../python/', import.meta.url))
/** The cases that were recorded, and what runs them. */
export const CASES_FOLDER = fileURLToPath(new URL('fixtures/lxml/', import.meta.url))

/** The Python that tests run code in outside of the product. */
export const python = process.env.MOULT_TEST_PYTHON ?? '/usr/bin/python3'
export const pythonMissing = spawnSync(python, ['--version']).status !== 0

const MAX_OUTPUT = 2 ** 28

/** Runs Python source without installed packages: only the folders given are searched. */
export function runPython(
  source: string,
  folders: readonly string[],
  args: readonly string[] = [],
): string {
  const prelude = `import sys; sys.path[:0] = ${JSON.stringify(folders)}\n`
  return execFileSync(python, ['-I', '-S', '-B', '-c', prelude + source, ...args], {
    maxBuffer: MAX_OUTPUT,
    encoding: 'utf8',
  })
}

/** The folder of a real, compiled lxml 4.9 on libxml2 2.9; undefined where there is none. */
export function compiledLxml(): string | undefined {
  const source =
    'from lxml import etree; import os; assert etree.LXML_VERSION[:2] == (4, 9);' +
    'assert etree.LIBXML_VERSION[:2] == (2, 9); print(os.path.dirname(etree.__file__))'
  const found = spawnSync(python, ['-I', '-B', '-c', source], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : undefined
}

/** The folder with lxml's own Python files: MOULT_TEST_LXML, or that of the Python's installed lxml. */
export function lxmlSources(): string | undefined {
  const given = process.env.MOULT_TEST_LXML
  if (given !== undefined) return given
  const source =
    'import importlib.util as u; print(u.find_spec("lxml").submodule_search_locations[0])'
  const found = spawnSync(python, ['-I', '-B', '-c', source], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : undefined
}

/** Copies the Python files of an lxml, without what is compiled, to `folder/lxml`. */
export async function copyPureLxml(from: string, folder: string): Promise<void> {
  for (const part of ['', 'html']) {
    await mkdir(join(folder, 'lxml', part), { recursive: true })
    for (const name of await readdir(join(from, part))) {
      if (name.endsWith('.py')) {
        await copyFile(join(from, part, name), join(folder, 'lxml', part, name))
      }
    }
  }
}

/** Copies the cases to a folder, for an interpreter that sees only some. */
export async function copyCases(folder: string): Promise<void> {
  await cp(CASES_FOLDER, folder, { recursive: true, filter: (path) => !path.endsWith('.json') })
}
