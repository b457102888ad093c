import type { Finding } from '../../../base/index.js'
import {
  CHECK_KINDS,
  type CheckKind,
  type FailedCheck,
  type SaleRecords,
  type VerifyReport,
} from '../../../verify/index.js'
import { count, formatDuration } from '../../output/units.js'

const SHOWN: Readonly<Record<CheckKind, string>> = {
  page: 'pages',
  bundle: 'bundles',
  menus: 'list of menus',
  action: 'actions of menus',
  view: 'views',
  list: 'records of lists',
  columns: 'kanban columns',
  cells: 'pivots and graphs',
  form: 'records in forms',
  lines: 'lines in forms',
  new: 'new records',
  report: 'reports',
  sale: 'steps of a sale',
}

/** What a person reads; failures come as findings behind it. */
export function verifyLines(report: VerifyReport): readonly string[] {
  const { counts, byKind, url, database, release, user, menus, skipped, written } = report
  const width = Math.max(...Object.values(SHOWN).map((name) => name.length))
  const kinds = CHECK_KINDS.flatMap((kind) => {
    const own = byKind[kind]
    if (own === undefined) return []
    const failed = own.failed > 0 ? `, ${own.failed} failed` : ''
    return [`  ${SHOWN[kind].padEnd(width)}  ${own.passed}${failed}`]
  })
  const reasons = Object.entries(skipped).map(([reason, number]) => `${number}: ${reason}`)
  const head = `"${database}" on ${url} (Odoo ${release}), as ${user}, ${count(menus, 'menu')}, ${formatDuration(report.milliseconds)}`
  return [
    `${count(counts.passed, 'check')} passed, ${counts.failed} failed, ${counts.skipped} skipped.`,
    `  ${head}`,
    ...kinds,
    ...(reasons.length > 0 ? [`  skipped: ${reasons.join('; ')}`] : []),
    ...(written === undefined ? [] : [`  written: ${writtenText(written)}`]),
  ]
}

function writtenText({ customer, order, invoice }: SaleRecords): string {
  return [
    `customer "${customer}"`,
    ...(order === undefined ? [] : [`order ${order}`]),
    ...(invoice === undefined ? [] : [`invoice ${invoice}`]),
  ].join(', ')
}

/** Each failure as a finding, with the server's message and where it was raised. */
export function findingsOf({ failures }: VerifyReport): readonly Finding[] {
  return failures.map((failure) => ({
    code: 'VERIFY_FAILED',
    severity: 'error',
    message: messageOf(failure),
    ...((failure.menu ?? failure.model) !== undefined && {
      place: { object: failure.menu ?? failure.model ?? '' },
    }),
    data: { ...failure },
  }))
}

function messageOf({ menu, what, fault }: FailedCheck): string {
  const { type, text, lastLine, raisedAt } = fault
  const where = menu === undefined ? what : `${menu}: ${what}`
  const [first = ''] = text.split('\n')
  const isNew = lastLine !== '' && !lastLine.includes(first)
  return [
    `${where}: ${type}: ${first}`,
    ...(isNew ? [lastLine] : []),
    ...(raisedAt === undefined ? [] : [raisedAt]),
  ].join('\n')
}
