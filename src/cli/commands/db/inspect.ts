import { verifyZip } from '../../../archive/index.js'
import { releaseOf, withBackupFile } from '../../../databases/manager/index.js'
import type { CommandAction } from '../../command.js'
import { count, formatBytes } from '../../output/units.js'

export const inspectCommand: CommandAction = async ({ args, options }, context) => {
  const [file = ''] = args
  return withBackupFile(file, context.progress, async (backup) => {
    const { manifest, files, format } = backup
    const bytes = files.reduce((sum, entry) => sum + entry.size, 0)
    const archive = backup.archive
    const release = manifest === undefined ? undefined : releaseOf(manifest)
    const modules = Object.keys(manifest?.modules ?? {})
    let statements = 0
    let tables = 0
    if (options.verify === true) {
      if (format === 'zip') await verifyZip(file, context.progress)
      for await (const item of backup.items()) {
        if (item.kind === 'copy') tables += 1
        else statements += 1
      }
    }
    return {
      data: {
        file,
        format,
        manifest,
        release,
        dumpSize: backup.dumpSize,
        files: files.length,
        filesSize: bytes,
        ...(archive !== undefined && {
          archive: { ...archive, entries: archive.entries.length },
        }),
        ...(options.verify === true && { verified: { statements, tables } }),
      },
      findings: backup.findings,
      lines: () => [
        `${file} is a backup in ${NAMES[format]} format.`,
        ...(release === undefined ? [] : [`  release    ${release.series}`]),
        ...(manifest?.db_name === undefined ? [] : [`  database   ${manifest.db_name}`]),
        ...(modules.length === 0 ? [] : [`  modules    ${modules.length} installed`]),
        ...(manifest?.pg_version === undefined
          ? []
          : [`  server     PostgreSQL ${manifest.pg_version}`]),
        ...(archive === undefined
          ? []
          : [
              `  database   ${archive.database ?? 'unknown'}`,
              `  server     PostgreSQL ${archive.serverVersion ?? 'unknown'}, format ${archive.formatVersion}`,
              `  entries    ${archive.entries.length}`,
            ]),
        ...(backup.dumpSize === undefined ? [] : [`  dump       ${formatBytes(backup.dumpSize)}`]),
        ...(format === 'zip'
          ? [`  filestore  ${count(files.length, 'file')}, ${formatBytes(bytes)}`]
          : []),
        ...(options.verify === true
          ? [
              `  verified   complete: ${count(tables, 'table')} with rows, ${count(statements, 'statement')}`,
            ]
          : []),
      ],
    }
  })
}

const NAMES = {
  zip: "Odoo's zip",
  dump: "PostgreSQL's custom",
  sql: 'plain SQL',
  'sql.gz': 'gzipped SQL',
  directory: "PostgreSQL's directory",
  tar: "PostgreSQL's tar",
} as const
