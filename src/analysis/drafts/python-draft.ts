import { reprText as text } from '../records/python-repr.js'
import type { DraftCall, DraftStep, NamePair } from './draft-step.js'

/** The body of a step in Python with openupgradelib, without indentation; nothing for a remark. */
export function pythonCall(call: DraftCall): readonly string[] {
  switch (call.kind) {
    case 'rename models':
      return pairsCall('rename_models(env.cr', call.pairs)
    case 'rename tables':
      return pairsCall('rename_tables(env.cr', call.pairs)
    case 'rename xml ids':
      return pairsCall('rename_xmlids(env.cr', call.pairs)
    case 'rename field': {
      const spec = [call.model, call.table, call.from, call.to].map(text).join(', ')
      return [`openupgrade.rename_fields(env, [(${spec})])`]
    }
    case 'copy column':
      return [
        `openupgrade.copy_columns(env.cr, {${text(call.table)}: [(${text(call.column)}, None, None)]})`,
      ]
    case 'map values':
      return mapValues(call)
    case 'move fields':
      return [
        'openupgrade.update_module_moved_fields(',
        `    env.cr, ${text(call.model)}, ${list(call.fields)}, ${text(call.from)}, ${text(call.to)}`,
        ')',
      ]
    case 'move model':
      return [
        'openupgrade.update_module_moved_models(',
        `    env.cr, ${text(call.model)}, ${text(call.from)}, ${text(call.to)}`,
        ')',
      ]
    case 'add field': {
      const spec = [call.field, call.model, call.table, call.type].map(text).join(', ')
      return [`openupgrade.add_fields(env, [(${spec}, False, ${text(call.module)})])`]
    }
    case 'drop constraint':
      return [
        'openupgrade.delete_sql_constraint_safely(',
        `    env, ${text(call.module)}, ${text(call.table)}, ${text(call.name)}`,
        ')',
      ]
    case 'delete records':
      return [
        'openupgrade.delete_records_safely_by_xml_id(',
        '    env,',
        '    [',
        ...call.xmlIds.map((xmlId) => `        ${text(xmlId)},`),
        '    ],',
        ')',
      ]
    case 'set noupdate':
      return [
        'openupgrade.set_xml_ids_noupdate_value(',
        `    env, ${text(call.module)}, ${list(call.names)}, ${call.value ? 'True' : 'False'}`,
        ')',
      ]
    case 'load data':
      return [`openupgrade.load_data(env, ${text(call.module)}, ${text(call.file)})`]
    case 'statement':
      return [`openupgrade.logged_query(env.cr, ${text(call.sql)})`]
    case 'remark':
      return []
  }
}

/** A script in Python with the steps of one phase. */
export function pythonDraft(title: string, steps: readonly DraftStep[]): string {
  const body = steps.flatMap(({ reason, lines, call, isGuess }) => [
    `# ${reason}`,
    ...lines.map((line) => `#   ${line}`),
    ...pythonCall(call).map((line) => (isGuess ? `# ${line}` : line)),
    '',
  ])
  const hasCode = steps.some(({ call, isGuess }) => !isGuess && call.kind !== 'remark')
  const lines = hasCode ? body : [...body, 'pass', '']
  return [
    `"""${title}"""`,
    'from openupgradelib import openupgrade',
    '',
    '',
    '@openupgrade.migrate()',
    'def migrate(env, version):',
    ...lines.slice(0, -1).map((line) => (line === '' ? '' : `    ${line}`)),
    '',
  ].join('\n')
}

function pairsCall(head: string, pairs: readonly NamePair[]): readonly string[] {
  return [
    `openupgrade.${head}, [`,
    ...pairs.map(([from, to]) => `    (${text(from)}, ${text(to)}),`),
    '])',
  ]
}

function mapValues(call: DraftCall & { readonly kind: 'map values' }): readonly string[] {
  return [
    'openupgrade.map_values(',
    '    env.cr,',
    `    openupgrade.get_legacy_name(${text(call.column)}),`,
    `    ${text(call.column)},`,
    `    [${call.values.map((value) => `(${text(value)}, …)`).join(', ')}],`,
    `    table=${text(call.table)},`,
    ')',
  ]
}

function list(texts: readonly string[]): string {
  return `[${texts.map(text).join(', ')}]`
}
