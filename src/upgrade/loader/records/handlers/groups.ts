import { id, sql } from '../../../../db/index.js'
import type { PendingRecord } from '../pending-record.js'
import type { RecordsTurn } from '../records-turn.js'
import type { ModelHandler } from './model-handler.js'
import { realIds } from './record-ids.js'

/** Users of a group are in all groups that it implies; none is ever taken out (res_users.py). */
const groups: ModelHandler = {
  models: 'res.groups',
  after: addImplied,
}

/** Users get what their groups imply. */
const users: ModelHandler = {
  models: 'res.users',
  defaults: ['company_ids', 'groups_id'],
  after: addImplied,
}

async function addImplied(_: readonly PendingRecord[], turn: RecordsTurn): Promise<void> {
  await turn.scope.session.query(sql`
    WITH RECURSIVE implied AS (
      SELECT gid, hid FROM res_groups_implied_rel
      UNION
      SELECT i.gid, r.hid FROM implied i JOIN res_groups_implied_rel r ON r.gid = i.hid)
    INSERT INTO res_groups_users_rel (gid, uid)
    SELECT DISTINCT i.hid, u.uid FROM implied i JOIN res_groups_users_rel u ON u.gid = i.gid
     WHERE NOT EXISTS (SELECT FROM res_groups_users_rel x WHERE x.gid = i.hid AND x.uid = u.uid)
    ON CONFLICT DO NOTHING`)
}

/** With more than one active currency, users work with several (res_currency.py). */
const currencies: ModelHandler = {
  models: 'res.currency',
  async after(records, turn) {
    if (!records.some(({ values }) => values.has('active'))) return
    await turn.scope.session.query(sql`
      INSERT INTO res_groups_implied_rel (gid, hid)
      SELECT u.res_id, m.res_id FROM ir_model_data u, ir_model_data m
       WHERE u.module = 'base' AND u.name = 'group_user'
         AND m.module = 'base' AND m.name = 'group_multi_currency'
         AND (SELECT count(*) FROM res_currency WHERE active) > 1
      ON CONFLICT DO NOTHING`)
  },
}

/** A rule without groups is for all (ir_rule.py). */
const rules: ModelHandler = {
  models: 'ir.rule',
  async after(records, turn) {
    const groupsOf = records[0]?.model.fields.get('groups')?.relation
    if (groupsOf === undefined) return
    await turn.scope.session.query(sql`
      UPDATE ir_rule r SET global = x.global
        FROM (SELECT t.id, NOT EXISTS (SELECT FROM ${id(groupsOf.table)} l
                WHERE ${id('l', groupsOf.column1)} = t.id) AS global
                FROM ir_rule t WHERE t.id = ANY(${realIds(records, turn)}::int[])) x
       WHERE x.id = r.id AND r.global IS DISTINCT FROM x.global`)
  },
}

export const GROUP_HANDLERS: readonly ModelHandler[] = [groups, users, currencies, rules]
