const SHOWN = 40

/** Lines for a terminal: a table of each guest, then what differs. */
export function showComparison(report) {
  return Object.entries(report).flatMap(([guest, groups]) => [
    '',
    `${guest}`.padEnd(26) +
      columns(['cases', 'same', 'unsteady', 'ordered', 'differ', 'ref s', 's']),
    ...Object.entries(groups).map(([name, group]) => name.padEnd(26) + columns(figures(group))),
    ...Object.entries(groups).flatMap(([name, group]) => differences(name, group)),
  ])
}

function figures({ cases, same, unsteady, ordered, different, seconds }) {
  const sizes = [unsteady, ordered, different].map((one) => Object.keys(one).length)
  return [cases, same, ...sizes, seconds.reference.toFixed(2), seconds.guest.toFixed(2)]
}

function columns(texts) {
  return texts.map((text) => String(text).padStart(9)).join('')
}

function differences(name, group) {
  const lines = ['unsteady', 'ordered', 'different'].flatMap((kind) =>
    Object.entries(group[kind]).map(
      ([label, { expected, actual }]) =>
        `  ${name}: ${label} (${kind})\n    - ${one(expected)}\n    + ${one(actual)}`,
    ),
  )
  const more = lines.length > SHOWN ? [`  … ${lines.length - SHOWN} more in the file of --out`] : []
  const extra = group.missing.map((label) => `  ${name}: ${label} is the guest's alone`)
  return [...lines.slice(0, SHOWN), ...more, ...extra.slice(0, SHOWN)]
}

function one(text) {
  return text === null ? '(none)' : text.replaceAll('\n', '\\n')
}
