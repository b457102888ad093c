import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const TIMEOUT_MS = 10_000

const run = promisify(execFile)

/** What a program prints, or undefined when it cannot be run. */
export async function outputOf(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  try {
    const { stdout } = await run(program, [...args], {
      timeout: TIMEOUT_MS,
      windowsHide: true,
      env: { ...process.env, ...environment, LC_ALL: 'C' },
    })
    return stdout
  } catch {
    return undefined
  }
}
