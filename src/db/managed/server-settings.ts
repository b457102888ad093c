/** How programs reach a managed server: a Unix socket in a private folder, or TCP on this machine. */
export type ServerListening =
  | { readonly kind: 'socket'; readonly directory: string; readonly port: number }
  | { readonly kind: 'loopback'; readonly port: number }

/** The superuser of a managed server. */
export const SUPERUSER = 'moult'
export const LOOPBACK = '127.0.0.1'

export interface SettingsInput {
  readonly listening: ServerListening
  readonly hbaFile: string
  /** Whether /dev/shm has room for parallel queries; containers give it 64 MB. */
  readonly roomySharedMemory: boolean
}

/**
 * The postgresql.conf of a private server: as safe against crashes as any, but a commit does not wait
 * for the disk, nothing is kept for replication, and one upgrade at a time gets the memory.
 */
export function serverConfiguration(input: SettingsInput): string {
  const { listening } = input
  const settings: Record<string, string> = {
    hba_file: input.hbaFile,
    listen_addresses: listening.kind === 'loopback' ? LOOPBACK : '',
    unix_socket_directories: listening.kind === 'socket' ? listItem(listening.directory) : '',
    unix_socket_permissions: '0700',
    port: String(listening.port),
    max_connections: '40',
    // A dump is loaded in one transaction, which locks every table and index that it makes.
    max_locks_per_transaction: '1024',
    password_encryption: 'scram-sha-256',
    shared_buffers: '128MB',
    work_mem: '16MB',
    maintenance_work_mem: '256MB',
    dynamic_shared_memory_type: input.roomySharedMemory ? 'posix' : 'mmap',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    autovacuum: 'on',
    jit: 'off',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'iso, mdy',
    lc_messages: 'C',
    default_text_search_config: 'pg_catalog.simple',
    cluster_name: 'moult',
    log_destination: 'stderr',
    logging_collector: 'off',
    // Statements and rows are the customer's business: the log tells of the server only.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  }
  if (process.platform === 'win32') settings.dynamic_shared_memory_type = 'windows'
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${quote(value)}\n`)
    .join('')
}

/**
 * The pg_hba.conf: over the socket, whose folder only moult's user can enter, the superuser needs no
 * password; every other role does, everywhere.
 */
export function accessRules(listening: ServerListening): string {
  return listening.kind === 'socket'
    ? `local all ${SUPERUSER} trust\nlocal all all scram-sha-256\n`
    : `host all all ${LOOPBACK}/32 scram-sha-256\n`
}

function quote(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** One folder of a list that is separated by commas. */
function listItem(path: string): string {
  return `"${path.replaceAll('"', '""')}"`
}
