import { type Session, type Sql, sql } from '../../../db/index.js'
import {
  WORKSHOP_LISTS,
  WORKSHOP_MODELS,
  WORKSHOP_SELECTIONS,
  WORKSHOP_TRANSLATED,
} from './workshop-models.js'

const MOMENT = sql`timestamp '2025-03-01 08:00:00'`
/** create_uid, create_date, write_uid, write_date */
const LOG = sql`1, ${MOMENT}, 1, ${MOMENT}`

const MODELS = JSON.stringify(
  WORKSHOP_MODELS.map(({ model, module, title, order = 'id', transient = false }, position) => ({
    ...{ model, module, title, order, transient, position },
    of_table: model.replaceAll('.', '_'),
  })),
)

const INSERT_MODELS = sql`
  INSERT INTO ir_model (name, model, "order", state, transient, create_uid, create_date, write_uid, write_date)
  SELECT m.title, m.model, m."order", 'base', m.transient, ${LOG}
    FROM jsonb_to_recordset(${MODELS}::jsonb) AS m(title text, model text, "order" text, transient boolean, position int)
   ORDER BY m.position`

/** One field for each column; what a foreign key leads to is the relation. */
const INSERT_COLUMNS = sql`
  INSERT INTO ir_model_fields (name, complete_name, model, model_id, field_description, ttype, relation, on_delete,
    required, readonly, copied, store, index, translate, selectable, state, create_uid, create_date, write_uid, write_date)
  SELECT a.attname, a.attname, m.model, o.id, initcap(replace(a.attname::text, '_', ' ')),
         CASE WHEN target.model IS NOT NULL THEN 'many2one' WHEN s.field IS NOT NULL THEN 'selection'
              ELSE CASE format_type(a.atttypid, NULL)
                     WHEN 'character varying' THEN 'char' WHEN 'timestamp without time zone' THEN 'datetime'
                     WHEN 'double precision' THEN 'float' WHEN 'numeric' THEN 'float' WHEN 'bytea' THEN 'binary'
                     ELSE format_type(a.atttypid, NULL) END END,
         target.model,
         CASE k.confdeltype WHEN 'c' THEN 'cascade' WHEN 'r' THEN 'restrict' WHEN 'n' THEN 'set null' END,
         a.attnotnull AND a.attname <> 'id', a.attname IN ('id', 'create_uid', 'create_date', 'write_uid', 'write_date'),
         a.attname NOT IN ('id', 'create_uid', 'create_date', 'write_uid', 'write_date'), true, false, t.field IS NOT NULL,
         true, 'base', ${LOG}
    FROM jsonb_to_recordset(${MODELS}::jsonb) AS m(model text, of_table text, position int)
    JOIN ir_model o ON o.model = m.model
    JOIN pg_attribute a ON a.attrelid = to_regclass(m.of_table) AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]
    LEFT JOIN jsonb_to_recordset(${MODELS}::jsonb) AS target(model text, of_table text)
           ON to_regclass(target.of_table) = k.confrelid
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(
      WORKSHOP_SELECTIONS.map(([model, field]) => ({ model, field })),
    )}::jsonb) AS s(model text, field text) ON s.model = m.model AND s.field = a.attname
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(
      WORKSHOP_TRANSLATED.map(([model, field]) => ({ model, field })),
    )}::jsonb) AS t(model text, field text) ON t.model = m.model AND t.field = a.attname
   ORDER BY m.position, a.attnum`

const INSERT_LISTS = sql`
  INSERT INTO ir_model_fields (name, complete_name, model, model_id, field_description, ttype, relation, relation_field,
    relation_table, column1, column2, required, readonly, copied, store, index, translate, selectable, state,
    create_uid, create_date, write_uid, write_date)
  SELECT l.name, l.name, l.model, o.id, initcap(replace(l.name, '_', ' ')), l.type, l.relation, l.inverse, l.of_table, l.own, l.other,
         false, false, false, l.type <> 'many2one', false, false, true, 'base', ${LOG}
    FROM jsonb_to_recordset(${JSON.stringify(
      WORKSHOP_LISTS.map(({ table, ...list }, position) => ({
        ...list,
        ...(table && { of_table: table[0], own: table[1], other: table[2] }),
        position,
      })),
    )}::jsonb) AS l(model text, name text, type text, relation text, inverse text, of_table text, own text, other text, position int)
    JOIN ir_model o ON o.model = l.model
   ORDER BY l.position`

/** A user is a contact as well: what it has of it is a field of the user too. */
const INSERT_DELEGATED = sql`
  INSERT INTO ir_model_fields (name, complete_name, model, model_id, field_description, ttype, relation, relation_field,
    related, required, readonly, copied, store, index, translate, selectable, state, create_uid, create_date, write_uid, write_date)
  SELECT p.name, p.name, 'res.users', o.id, p.field_description, p.ttype, p.relation, p.relation_field,
         'partner_id.' || p.name, false, false, p.copied, false, false, p.translate, true, 'base', ${LOG}
    FROM ir_model_fields p JOIN ir_model o ON o.model = 'res.users'
   WHERE p.model = 'res.partner'
     AND NOT EXISTS (SELECT FROM ir_model_fields u WHERE u.model = 'res.users' AND u.name = p.name)
   ORDER BY p.id`

const INSERT_SELECTIONS = sql`
  INSERT INTO ir_model_fields_selection (field_id, value, name, sequence, create_uid, create_date, write_uid, write_date)
  SELECT f.id, s.value, s.label, s.position, ${LOG}
    FROM jsonb_to_recordset(${JSON.stringify(
      WORKSHOP_SELECTIONS.flatMap(([model, field, values]) =>
        values.map(([value, label], position) => ({ model, field, value, label, position })),
      ),
    )}::jsonb) AS s(model text, field text, value text, label text, position int)
    JOIN ir_model_fields f ON f.model = s.model AND f.name = s.field
   ORDER BY f.id, s.position`

const MODULE_OF_LIST = sql`jsonb_to_recordset(${JSON.stringify(
  WORKSHOP_LISTS.map(({ model, name, module }) => ({ model, name, module })),
)}::jsonb) AS l(model text, name text, module text)`

/** External ids of models, fields and selection values, as the loading of their modules makes them. */
const INSERT_XML_IDS = sql`
  WITH known AS (SELECT * FROM jsonb_to_recordset(${MODELS}::jsonb) AS m(model text, of_table text, module text)),
       fields AS (
         SELECT f.id, f.name, k.of_table, coalesce(l.module, k.module) AS module
           FROM ir_model_fields f JOIN known k ON k.model = f.model
           LEFT JOIN ${MODULE_OF_LIST} ON l.model = f.model AND l.name = f.name)
  INSERT INTO ir_model_data (module, name, model, res_id, noupdate, create_uid, create_date, write_uid, write_date)
  SELECT x.module, x.name, x.model, x.id, false, ${LOG}
    FROM (SELECT 1 AS part, k.module, 'model_' || k.of_table AS name, 'ir.model' AS model, m.id
            FROM ir_model m JOIN known k ON k.model = m.model
          UNION ALL
          SELECT 2, f.module, 'field_' || f.of_table || '__' || f.name, 'ir.model.fields', f.id FROM fields f
          UNION ALL
          SELECT 3, f.module, 'selection__' || f.of_table || '__' || f.name || '__' || s.value,
                 'ir.model.fields.selection', s.id
            FROM ir_model_fields_selection s JOIN fields f ON f.id = s.field_id) x
   ORDER BY x.part, x.id`

/** Constraints and relation tables as modules remember them. */
const INSERT_CONSTRAINTS = sql`
  INSERT INTO ir_model_constraint (name, definition, model, module, type, create_uid, create_date, write_uid, write_date)
  SELECT c.conname, pg_get_constraintdef(c.oid), o.id, m.id, CASE c.contype WHEN 'f' THEN 'f' ELSE 'u' END, ${LOG}
    FROM jsonb_to_recordset(${MODELS}::jsonb) AS k(model text, of_table text, module text)
    JOIN ir_model o ON o.model = k.model JOIN ir_module_module m ON m.name = k.module
    JOIN pg_constraint c ON c.conrelid = to_regclass(k.of_table) AND c.contype IN ('f', 'u')
   ORDER BY o.id, c.conname`

const INSERT_RELATIONS = sql`
  INSERT INTO ir_model_relation (name, model, module, create_uid, create_date, write_uid, write_date)
  SELECT f.relation_table, f.model_id, m.id, ${LOG}
    FROM ir_model_fields f JOIN ${MODULE_OF_LIST} ON l.model = f.model AND l.name = f.name
    JOIN ir_module_module m ON m.name = l.module
   WHERE f.relation_table IS NOT NULL ORDER BY f.id`

const STATEMENTS: readonly Sql[] = [
  INSERT_MODELS,
  INSERT_COLUMNS,
  INSERT_LISTS,
  INSERT_DELEGATED,
  INSERT_SELECTIONS,
  INSERT_XML_IDS,
  INSERT_CONSTRAINTS,
  INSERT_RELATIONS,
]

/** Fills the tables that describe models from what the catalog shows, once tables and modules are there. */
export async function reflectModels(session: Session): Promise<void> {
  for (const statement of STATEMENTS) await session.query(statement)
}
