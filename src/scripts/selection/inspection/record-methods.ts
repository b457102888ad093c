/** Methods of every record that give records back, without the release's own models. */
export const RECORD_METHODS: ReadonlySet<string> = new Set([
  ...['search', 'browse', 'create', 'copy', 'filtered', 'filtered_domain', 'mapped', 'sorted'],
  ...['exists', 'ensure_one', 'concat', 'union', 'sudo', 'with_context', 'with_company'],
  ...['with_user', 'with_env', 'with_prefetch'],
])

/** Methods of every record that give other values. */
export const VALUE_METHODS_OF_RECORDS: ReadonlySet<string> = new Set([
  ...['write', 'update', 'unlink', 'read', 'read_group', '_read_group', 'search_read'],
  ...['search_count', 'grouped', 'default_get', 'get_external_id', 'get_param', 'set_param'],
  ...['flush', 'flush_model', 'flush_recordset', 'invalidate_cache', 'invalidate_model'],
  ...['invalidate_recordset', 'modified', 'recompute', '_parent_store_compute'],
])

/** Methods of texts, lists, dicts and dates, which fields of records hold. */
export const PLAIN_METHODS: ReadonlySet<string> = new Set([
  ...['strip', 'lstrip', 'rstrip', 'split', 'rsplit', 'splitlines', 'replace', 'lower', 'upper'],
  ...['title', 'capitalize', 'startswith', 'endswith', 'join', 'format', 'encode', 'decode'],
  ...['find', 'rfind', 'index', 'count', 'zfill', 'isdigit', 'isalpha', 'partition', 'rpartition'],
  ...['append', 'extend', 'insert', 'remove', 'reverse', 'sort', 'pop', 'clear', 'items', 'keys'],
  ...['values', 'get', 'setdefault', 'add', 'discard', 'difference', 'intersection', 'issubset'],
  ...[
    'strftime',
    'date',
    'time',
    'isoformat',
    'weekday',
    'timestamp',
    'total_seconds',
    'astimezone',
  ],
])

/** Members of records that are no records. */
export const PLAIN_MEMBERS: ReadonlySet<string> = new Set([
  ...['id', 'ids', '_ids', '_fields', '_name', '_table', '_auto', '_description', '_rec_name'],
  ...['_context', '_cr', '_inherits', '_order', 'pool', 'display_name'],
])

/** Members of an environment that are records. */
export const RECORDS_OF_ENVIRONMENT: ReadonlySet<string> = new Set(['user', 'company', 'companies'])

/** Functions of Python that hand their argument's items on. */
export const HAND_ON: ReadonlySet<string> = new Set([
  ...['list', 'tuple', 'set', 'sorted', 'reversed', 'iter', 'next', 'enumerate', 'zip', 'filter'],
])
