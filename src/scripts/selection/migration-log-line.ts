import type { Phase, SelectedScript } from './migration-script.js'

const FORMATS: Readonly<Record<Phase, (version: string) => string>> = {
  pre: (version) => `[>${version}]`,
  post: (version) => `[${version}>]`,
  end: (version) => `[$${version}]`,
}

/** Odoo's line for a script: `module account: Running migration [>16.0.1.2] pre-migration`. */
export function migrationLogLine(
  script: Pick<SelectedScript, 'module' | 'phase' | 'directory' | 'stem'>,
): string {
  const version = FORMATS[script.phase](script.directory)
  return `module ${script.module}: Running migration ${version} ${script.stem}`
}
