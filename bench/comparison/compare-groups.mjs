/**
 * What a guest's outcomes are against the reference's: per group the number of cases, how many are the same, and
 * the others by kind: `unsteady` ones differ between two runs of the reference; `ordered` ones have the same words
 * in another order (texts that Odoo makes of Python sets); `different` ones are left for a person.
 */
export function compareGroups({ reference, again, guest }) {
  const groups = {}
  for (const [name, wanted] of Object.entries(reference.groups)) {
    const found = guest.groups[name] ?? { seconds: 0, cases: {} }
    const group = {
      cases: 0,
      same: 0,
      seconds: { reference: wanted.seconds, guest: found.seconds },
      unsteady: {},
      ordered: {},
      different: {},
      missing: Object.keys(found.cases).filter((one) => !Object.hasOwn(wanted.cases, one)),
    }
    for (const [label, expected] of Object.entries(wanted.cases)) {
      const actual = found.cases[label]
      const repeated = again.groups[name]?.cases[label]
      group.cases += 1
      if (actual === expected) group.same += 1
      else group[kindOf({ expected, actual, repeated })][label] = pair(expected, actual)
    }
    groups[name] = group
  }
  return groups
}

function kindOf({ expected, actual, repeated }) {
  if (repeated !== expected) return 'unsteady'
  return actual !== undefined && words(actual) === words(expected) ? 'ordered' : 'different'
}

function words(text) {
  return text
    .split(/[^\p{L}\p{N}_.]+/u)
    .sort()
    .join(' ')
}

const AROUND = 120

/** The first place where two texts differ, with what is around it. */
function pair(expected, actual) {
  if (actual === undefined) return { expected: expected.slice(0, AROUND), actual: null }
  let at = 0
  while (at < expected.length && expected[at] === actual[at]) at += 1
  const from = Math.max(0, at - AROUND / 2)
  return {
    at,
    expected: expected.slice(from, at + AROUND),
    actual: actual.slice(from, at + AROUND),
  }
}
