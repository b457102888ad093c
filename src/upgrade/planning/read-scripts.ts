import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Finding, inParallel, readError } from '../../base/index.js'
import type { Release } from '../../odoo/release/index.js'
import {
  inspectionFindings,
  openScriptInspector,
  type ScriptTier,
  type SelectedScript,
} from '../../scripts/selection/index.js'

const AT_ONCE = 64

/** What a script's text tells. */
export interface ReadScript {
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: string
  /** What a script in Python needs, as far as its text tells. */
  readonly tier?: ScriptTier
}

/** The selected scripts by path, and what their texts foretell. */
export interface ReadScripts {
  readonly scripts: ReadonlyMap<string, ReadScript>
  readonly findings: readonly Finding[]
}

/** SHA-256 of a file, in hexadecimal. */
export async function checksumOf(file: string): Promise<string> {
  return digest(await read(file))
}

/** Reads the selected scripts, each once, and looks at those in Python without running them. */
export async function readScripts(
  selected: readonly SelectedScript[],
  release: Release,
): Promise<ReadScripts> {
  const texts = new Map<string, Buffer>()
  const files = [...new Set(selected.map((script) => script.file))]
  await inParallel(files, async (file) => void texts.set(file, await read(file)), AT_ONCE)
  const isPython = selected.some((script) => script.language === 'python')
  const inspector = isPython ? await openScriptInspector() : undefined
  const scripts = new Map<string, ReadScript>()
  const findings: Finding[] = []
  for (const { file, language } of selected) {
    const text = texts.get(file)
    if (text === undefined || scripts.has(file)) continue
    const checksum = digest(text)
    if (inspector === undefined || language !== 'python') {
      scripts.set(file, { checksum })
      continue
    }
    const inspection = inspector.inspect(text.toString('utf8'), file)
    scripts.set(file, { checksum, tier: inspection.tier })
    findings.push(...inspectionFindings(inspection, release))
  }
  return { scripts, findings }
}

function digest(text: Buffer): string {
  return createHash('sha256').update(text).digest('hex')
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw readError(error, file)
  }
}
