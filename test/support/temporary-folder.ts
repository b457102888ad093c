import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of a test's own; its path is short enough for a Unix socket. */
export interface TemporaryFolder {
  readonly path: string
  remove(): Promise<void>
}

/** Makes a folder that the user of a managed server can pass through when the tests run as root. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'moult-test-'))
  await chmod(path, 0o711)
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
