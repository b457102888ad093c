import type { NeutralizeReport } from '../../../databases/neutralize/index.js'
import { count } from '../../output/units.js'

/** What neutralising did, in a line per module. */
export function neutralizedLines(report: NeutralizeReport): readonly string[] {
  const { modules } = report
  const width = Math.max(0, ...modules.map((module) => module.module.length))
  return [
    `  neutral    ${count(modules.length, 'module')} made harmless`,
    ...modules.map((module) => {
      const done =
        module.rows === undefined
          ? "by the release's own file"
          : `${count(module.rows, 'row')} changed`
      return `             ${module.module.padEnd(width)}  ${done}`
    }),
  ]
}
