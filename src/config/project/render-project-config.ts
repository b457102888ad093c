import type { ProjectConfig } from './project-config.js'

/** A release for which something was found. Paths are as they will stand in the file. */
export interface DraftRelease {
  readonly series: string
  readonly addonsPath: readonly string[]
  readonly upgradePath: readonly string[]
}

/** What a new configuration is filled with. */
export interface ProjectDraft {
  readonly to: string | undefined
  readonly releases: readonly DraftRelease[]
  /** Folders of modules whose release is not known. */
  readonly others: readonly string[]
}

const EXAMPLE_SERIES = '16.0'

/** The text of a new configuration; in TypeScript with comments that show what else there is. */
export function renderProjectConfig(draft: ProjectDraft, format: 'ts' | 'json'): string {
  return format === 'json' ? renderJson(draft) : renderTypeScript(draft)
}

function renderJson({ to, releases }: ProjectDraft): string {
  const config: ProjectConfig = {
    ...(to !== undefined && { to }),
    releases: Object.fromEntries(
      releases.map(({ series, addonsPath, upgradePath }) => [
        series,
        {
          ...(addonsPath.length > 0 && { addonsPath }),
          ...(upgradePath.length > 0 && { upgradePath }),
        },
      ]),
    ),
  }
  return `${JSON.stringify(config, null, 2)}\n`
}

function renderTypeScript({ to, releases, others }: ProjectDraft): string {
  return `import { defineConfig } from 'moult'

export default defineConfig({
  // The database or backup to upgrade, unless the command names one.
  // source: 'backup.zip',

  // The release to arrive at.
  ${to === undefined ? `// to: '${EXAMPLE_SERIES}',` : `to: ${quote(to)},`}

  // The releases on the way. Paths are relative to this file. Sources that "moult sources add" has fetched
  // are found by themselves, so a release without paths uses those.
  releases: {
${releases.length === 0 ? `    // '${EXAMPLE_SERIES}': { addonsPath: ['odoo', 'custom'] },` : releases.map(renderRelease).join('\n')}
  },
${others.map((folder) => `  // Modules of an unknown release: ${oneLine(folder)}\n`).join('')}
  // Automatic modules beside those that the upgrade brings about: 'none', 'openupgrade18' or 'fresh'.
  // autoInstall: { policy: 'fresh', exclude: ['google_gmail'] },

  // Installed modules that the target does not have: 'keep', 'uninstall' or { replacedBy: 'other_module' }.
  // decisions: { missingModules: { old_module: 'uninstall' } },

  // Python for the scripts: 'embedded', or the path of an interpreter.
  // python: { interpreter: 'embedded' },

  // Modules before which a checkpoint is made.
  // checkpoints: ['account'],

  // Seconds and megabytes that one script may take.
  // limits: { scriptSeconds: 3600, scriptMemory: 2048 },
})
`
}

function renderRelease({ series, addonsPath, upgradePath }: DraftRelease): string {
  return [
    `    ${quote(series)}: {`,
    ...(addonsPath.length === 0 ? [] : [`      addonsPath: ${renderList(addonsPath)},`]),
    ...(upgradePath.length === 0 ? [] : [`      upgradePath: ${renderList(upgradePath)},`]),
    "      // scripts: ['migrations'],",
    '    },',
  ].join('\n')
}

function renderList(paths: readonly string[]): string {
  return `[${paths.map(quote).join(', ')}]`
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/[\r\n]/g, (c) => (c === '\n' ? '\\n' : '\\r'))}'`
}

/** A comment must not end before its text does. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]/g, ' ')
}
