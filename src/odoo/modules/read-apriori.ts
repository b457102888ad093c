import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Findings, readError } from '../../base/index.js'
import { readPythonAssignments } from '../../text/index.js'
import { type Apriori, NO_APRIORI } from './apriori.js'

const FILE = 'apriori.py'

/**
 * Reads OpenUpgrade's apriori.py: four dicts of literals, never run. What is no text to text is left out with
 * a finding APRIORI_NOT_READ.
 *
 * Errors: FILE_NOT_FOUND, FILE_UNREADABLE, READ_FAILED, PYTHON_SYNTAX_ERROR.
 */
export async function readApriori(file: string, findings: Findings): Promise<Apriori> {
  const values = readPythonAssignments(await readText(file), file, findings)
  const names = (dict: string) => readNames(dict, values.get(dict), file, findings)
  return {
    renamedModules: names('renamed_modules'),
    mergedModules: names('merged_modules'),
    renamedModels: names('renamed_models'),
    mergedModels: names('merged_models'),
  }
}

/** What the apriori.py beside the upgrade path says; nothing when there is none. Errors: as {@link readApriori}. */
export async function readAprioriOf(
  upgradePaths: readonly string[],
  findings: Findings,
): Promise<Apriori> {
  const file = await findApriori(upgradePaths)
  return file === undefined ? NO_APRIORI : await readApriori(file, findings)
}

/** The apriori.py that belongs to an upgrade path: beside the folder of scripts. The first one counts. */
export async function findApriori(upgradePaths: readonly string[]): Promise<string | undefined> {
  for (const path of upgradePaths) {
    const file = join(dirname(path), FILE)
    if (await isFile(file)) return file
  }
  return undefined
}

async function isFile(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined)
  return found?.isFile() === true
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw readError(error, file)
  }
}

function readNames(
  dict: string,
  value: unknown,
  file: string,
  findings: Findings,
): ReadonlyMap<string, string> {
  if (value === undefined) return new Map()
  const entries = value instanceof Map ? [...value] : []
  const names = entries.filter(
    (entry): entry is [string, string] =>
      typeof entry[0] === 'string' && typeof entry[1] === 'string',
  )
  if (!(value instanceof Map) || names.length < entries.length) {
    findings.add({
      code: 'APRIORI_NOT_READ',
      severity: 'warning',
      message: `${dict} is to be a dict of texts; ${names.length} of its entries are`,
      place: { file, object: dict },
      hint: 'Correct the file: each key and each value is the name of a module or model.',
    })
  }
  return new Map(names)
}
