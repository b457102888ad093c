/** Journal items for each partner. */
const LINES_PER_PARTNER = 2.5

/**
 * Copies partners and journal items of a database, in SQL, until there are as many partners as wanted, and two and
 * a half times as many items.
 */
export function multiplyRows(partners) {
  return [
    'SET session_replication_role = replica',
    multiply('res_partner', partners, 'id > 0 AND parent_id IS NULL'),
    multiply('account_move_line', Math.round(partners * LINES_PER_PARTNER), 'true'),
    'RESET session_replication_role',
    'ANALYZE res_partner',
    'ANALYZE account_move_line',
  ].join(';\n')
}

/** Values that must stay unique are left out of the copies; no index of these tables wants any. */
function multiply(table, wanted, condition) {
  return `
    DO $multiply$
    DECLARE names text; given bigint;
    BEGIN
      SELECT string_agg(quote_ident(attname), ', ') INTO names
        FROM pg_attribute
       WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id'
         AND attgenerated = '';
      SELECT count(*) INTO given FROM ${table} WHERE ${condition};
      EXECUTE format(
        'INSERT INTO ${table} (%1$s) SELECT %1$s FROM ${table}, generate_series(1, %2$s) WHERE ${condition} LIMIT %3$s',
        names, ceil(${wanted}::numeric / given), greatest(${wanted} - (SELECT count(*) FROM ${table}), 0));
    END $multiply$`
}
