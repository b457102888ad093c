import { id, raw, sql } from '../../../../db/index.js'
import type { ModelHandler } from './model-handler.js'
import { created } from './record-ids.js'
import { together } from './views.js'

/** Numbers of an `ir.sequence` come from a sequence of PostgreSQL, if it may have gaps. */
export const sequenceHandler: ModelHandler = {
  models: 'ir.sequence',
  async after(records, turn) {
    const news = created(records).filter(({ values }) => values.get('implementation') !== 'no_gap')
    if (news.length === 0) return
    const statements = news.map((record) => {
      const number = String(turn.ids.real(record.id)).padStart(3, '0')
      const step = integer(record.values.get('number_increment'))
      const start = integer(record.values.get('number_next'))
      return sql`CREATE SEQUENCE ${id(`ir_sequence_${number}`)} INCREMENT BY ${raw(step)} START WITH ${raw(start)}`
    })
    await turn.scope.session.execute(together(statements))
  },
}

function integer(value: unknown): string {
  return typeof value === 'number' && Number.isInteger(value) && value !== 0 ? String(value) : '1'
}
