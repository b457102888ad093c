import type { Findings } from '../../../base/index.js'
import type { PythonFile } from '../../../text/index.js'
import type { FileNames } from '../folding/scope.js'
import type { ClassBody, FieldDefinition, ModelClass } from '../model-class.js'
import { isUnevaluated, type SourceValue, type Unevaluated } from '../source-value.js'
import { UNREAD_ARGUMENTS } from './field-of-call.js'

/** Arguments that decide about a column, a relation or a reflected value. */
const SCHEMA_ARGUMENTS: ReadonlySet<string> = new Set([
  ...['comodel_name', 'inverse_name', 'relation', 'column1', 'column2', 'ondelete', 'delegate'],
  ...['store', 'required', 'index', 'size', 'related', 'company_dependent', 'attachment'],
  ...['selection', 'selection_add', 'currency_field', 'model_field', UNREAD_ARGUMENTS],
])
const SHOWN_ARGUMENTS: ReadonlySet<string> = new Set(['string', 'help', 'readonly', 'copy'])
const ATTRIBUTES: readonly string[] = [
  ...['_auto', '_table', '_inherits', '_sql_constraints', '_log_access', '_order', '_rec_name'],
  ...['_description', '_parent_name', '_parent_store', '_abstract', '_transient'],
]
/** Functions know these values at run time; nothing is lost by not knowing them. */
const RUN_TIME: ReadonlySet<string> = new Set(['lambda', 'method', 'function'])

/** Tells what is wrong with a file; false when something of it may be missing. */
export function reportFile(
  read: PythonFile,
  module: string,
  file: string,
  findings: Findings,
): boolean {
  if (read.warning !== undefined) {
    findings.add({
      code: 'PYTHON_ENCODING',
      severity: 'warning',
      message: `Module ${module}: ${read.warning}; it was read as Latin-1`,
      place: { file },
      hint: 'Python refuses the file. Save it as UTF-8, or name its encoding in the first line.',
      data: { module },
    })
  }
  if (read.problem === undefined && read.errorLine === undefined) return true
  const what = read.problem ?? 'there is something in it that is no Python 3'
  findings.add({
    code: 'PYTHON_FILE_BROKEN',
    severity: 'error',
    message: `Module ${module}: the file cannot be read as a whole: ${what}`,
    place: { file, ...(read.errorLine !== undefined && { line: read.errorLine }) },
    hint: 'Odoo cannot load the module either. Mend the file; what could be read is used.',
    data: { module },
  })
  return false
}

export function reportImport(
  dotted: string,
  line: number,
  from: FileNames,
  findings: Findings,
): void {
  findings.add({
    code: 'PYTHON_IMPORT_MISSING',
    severity: 'warning',
    message: `Module ${from.module}: there is no ${dotted} to import`,
    place: { file: from.file, line },
    hint: 'Python raises ImportError here, unless the import stands in a try block.',
    data: { module: from.module, import: dotted },
  })
}

export function reportMro(body: ClassBody, findings: Findings): void {
  findings.add({
    code: 'CLASS_ORDER_INCONSISTENT',
    severity: 'error',
    message: `Module ${body.module}: Python finds no resolution order for class ${body.className}`,
    place: body.place,
    hint: 'Python raises TypeError for it. Put the bases in another order; the first base was taken first.',
    data: { module: body.module, class: body.className },
  })
}

/** Tells of every value that decides about the schema or what is shown and that only Python knows. */
export function reportUnreadValues(model: ModelClass, findings: Findings): void {
  for (const body of [model, ...model.pythonBases]) {
    for (const name of ATTRIBUTES) {
      const unread = unreadIn(body.attributes[name])
      if (unread !== undefined) {
        report(`${model.name}: the attribute ${name}`, unread, 'warning', model.module, findings)
      }
    }
  }
  for (const field of model.fields) reportField(model, field, findings)
}

function reportField(model: ModelClass, field: FieldDefinition, findings: Findings): void {
  for (const [name, value] of Object.entries(field.args)) {
    const isSchema = SCHEMA_ARGUMENTS.has(name)
    if (!isSchema && !SHOWN_ARGUMENTS.has(name)) continue
    const unread = unreadIn(value)
    if (unread === undefined) continue
    const what = `${model.name}.${field.name}: the argument ${name}`
    report(what, unread, isSchema ? 'warning' : 'info', model.module, findings)
  }
}

function report(
  what: string,
  unread: Unevaluated,
  severity: 'warning' | 'info',
  module: string,
  findings: Findings,
): void {
  findings.add({
    code: 'PYTHON_VALUE_UNREAD',
    severity,
    message: `Module ${module}: ${what} is worked out by a program (${unread.reason}): ${excerpt(unread.text)}`,
    place: unread.place,
    hint: 'It is taken for not given. Write it as a literal where it matters.',
    data: { module, reason: unread.reason },
  })
}

/** The first value that only running Python would tell. */
function unreadIn(value: SourceValue | undefined): Unevaluated | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (isUnevaluated(value)) return RUN_TIME.has(value.reason) ? undefined : value
  if (!('kind' in value)) return firstIn(value)
  if (value.kind === 'tuple' || value.kind === 'set') return firstIn(value.items)
  return value.kind === 'dict' ? firstIn(value.entries.flat()) : undefined
}

function firstIn(items: readonly SourceValue[]): Unevaluated | undefined {
  for (const item of items) {
    const found = unreadIn(item)
    if (found !== undefined) return found
  }
  return undefined
}

const LONGEST_EXCERPT = 80

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > LONGEST_EXCERPT ? `${line.slice(0, LONGEST_EXCERPT)}…` : line
}
