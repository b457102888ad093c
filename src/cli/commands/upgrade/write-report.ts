import { writeFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { UsageError, writeError } from '../../../base/index.js'
import type { DatabaseHost } from '../../../databases/manager/index.js'
import { type RunReport, reportPage, runReport } from '../../../upgrade/report/index.js'
import { type GivenOptions, textOption } from '../../command.js'
import { findRuns } from './find-run.js'

/** Refuses, before anything is done, a file whose name does not say what is to be written. */
export function checkReportName(file: string | undefined): void {
  if (file === undefined || ['.html', '.json'].includes(extname(file).toLowerCase())) return
  throw new UsageError('REPORT_FORMAT_UNKNOWN', `${file} does not say which format it is to have`, {
    hint: 'End the name in .html or .json.',
  })
}

/** Writes a report as a page or as JSON, as the name of the file says; returns its path. */
export async function writeReport(report: RunReport, name: string): Promise<string> {
  checkReportName(name)
  const file = resolve(name)
  const text =
    extname(file).toLowerCase() === '.html'
      ? reportPage(report)
      : `${JSON.stringify(report, null, 2)}\n`
  await writeFile(file, text).catch((error: unknown) => {
    throw writeError(error, file)
  })
  return file
}

/** Writes the report that --report asks for; returns its path. */
export async function writeAskedReport(
  host: DatabaseHost,
  database: string,
  options: GivenOptions,
): Promise<string | undefined> {
  const name = textOption(options, 'report')
  if (name === undefined) return undefined
  const [found] = await findRuns(host, database)
  return found === undefined ? undefined : writeReport(runReport(database, found.run), name)
}
