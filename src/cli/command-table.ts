import type { CommandAction } from './command.js'

/** Flags, description, and the values that are allowed. */
export type OptionSpec = readonly [string, string, (readonly string[])?]

/** One command, as its help shows it; `load` brings its code. */
export interface CommandSpec {
  readonly group?: string
  readonly name: string
  readonly args?: string
  readonly description: string
  readonly options: readonly OptionSpec[]
  readonly examples: readonly [string, ...string[]]
  readonly load: () => Promise<CommandAction>
}

export const GROUPS = [{ name: 'db', description: 'Database manager' }] as const

/** Where databases are; names and short forms are odoo-bin's. */
const WHERE: readonly OptionSpec[] = [
  ['-c, --config <file>', 'odoo.conf to read the connection and folders from'],
  ['--db_host <host>', 'database server, or the folder of its socket'],
  ['--db_port <port>', 'port of the database server'],
  ['-r, --db_user <user>', 'user of the database server'],
  ['-w, --db_password <password>', 'password; better in PGPASSWORD or odoo.conf'],
  [
    '--db_sslmode <mode>',
    'SSL to the server',
    ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'],
  ],
  ['--engine <engine>', 'where to look or work', ['auto', 'embedded', 'managed', 'server']],
  ['-D, --data-dir <folder>', "Odoo's data directory, which holds filestore/"],
]
const FORCE: OptionSpec = ['-f, --force', 'end the sessions of others instead of refusing']
const YES: OptionSpec = ['-y, --yes', 'do not ask']
const NEUTRALIZE: readonly OptionSpec[] = [
  ['-n, --neutralize', 'make it harmless before anybody can see it: no mails, jobs, payments'],
  ['--addons-path <folders>', 'source trees whose own data/neutralize.sql files are used'],
]
const IDENTITY: readonly OptionSpec[] = [
  ['--copy', 'it stands beside the original: new uuid and secret (default)'],
  ['--moved', 'it takes the place of the original: keep uuid and secret'],
]

export const COMMANDS: readonly CommandSpec[] = [
  {
    group: 'db',
    name: 'create',
    args: '<name>',
    description: 'Make an empty database as Odoo does (UTF-8, C collation, pg_trgm)',
    options: [
      ...WHERE,
      ['--owner <role>', 'owner of the database'],
      ['--template <database>', 'start from this database'],
      ['--unaccent', 'also set up the extension unaccent'],
    ],
    examples: [
      'moult db create acme',
      'moult db create acme --db_host /var/run/postgresql --unaccent',
    ],
    load: async () => (await import('./commands/db/create.js')).createCommand,
  },
  {
    group: 'db',
    name: 'list',
    description: 'Show databases: release, modules, sizes, whether they are neutralised',
    options: [...WHERE, ['-a, --all', 'also databases of other owners']],
    examples: ['moult db list', 'moult db list -c /etc/odoo/odoo.conf --json'],
    load: async () => (await import('./commands/db/list.js')).listCommand,
  },
  {
    group: 'db',
    name: 'backup',
    args: '<name> [file]',
    description:
      'Write a backup: zip with filestore, or PostgreSQL custom format (.dump), .sql, .sql.gz',
    options: [
      ...WHERE,
      ['--format <format>', 'instead of what the file name says', ['zip', 'dump', 'sql', 'sql.gz']],
      ['--without-filestore', 'leave the attachments out'],
      ['--exclude-table-data <tables>', 'tables whose rows are left out, separated by commas'],
      [
        '--dumper <dumper>',
        "PostgreSQL's pg_dump, or moult's own",
        ['auto', 'pg_dump', 'built-in'],
      ],
      ['--verify', 'read the finished backup again and check every part'],
      ['--overwrite', 'replace an existing file'],
    ],
    examples: [
      'moult db backup acme',
      'moult db backup acme acme.dump',
      'moult db backup acme backup.zip --verify',
    ],
    load: async () => (await import('./commands/db/backup.js')).backupCommand,
  },
  {
    group: 'db',
    name: 'restore',
    args: '<file> [name]',
    description: 'Make a database from a backup (.zip, .dump, .sql, .sql.gz); all of it or nothing',
    options: [
      ...WHERE,
      ...IDENTITY,
      ...NEUTRALIZE,
      ['--owner <role>', 'owner of the database'],
      ['--without-filestore', 'leave the attachments out'],
      ['--overwrite', 'replace an existing database of this name'],
      FORCE,
      YES,
    ],
    examples: ['moult db restore backup.zip', 'moult db restore backup.zip acme_test --neutralize'],
    load: async () => (await import('./commands/db/restore.js')).restoreCommand,
  },
  {
    group: 'db',
    name: 'inspect',
    args: '<file>',
    description: 'Tell what a backup holds without restoring it',
    options: [['--verify', 'read all of it and check every part']],
    examples: ['moult db inspect backup.zip'],
    load: async () => (await import('./commands/db/inspect.js')).inspectCommand,
  },
  {
    group: 'db',
    name: 'duplicate',
    args: '<from> <to>',
    description: 'Copy a database and its filestore',
    options: [
      ...WHERE,
      ...IDENTITY,
      ...NEUTRALIZE,
      ['--without-filestore', 'leave the attachments out'],
      ['--filestore-mode <mode>', 'how files are copied', ['copy', 'hardlink']],
      FORCE,
    ],
    examples: ['moult db duplicate acme acme_test --neutralize'],
    load: async () => (await import('./commands/db/duplicate.js')).duplicateCommand,
  },
  {
    group: 'db',
    name: 'rename',
    args: '<from> <to>',
    description: 'Rename a database and its filestore',
    options: [...WHERE, FORCE],
    examples: ['moult db rename acme acme_old'],
    load: async () => (await import('./commands/db/rename.js')).renameCommand,
  },
  {
    group: 'db',
    name: 'drop',
    args: '<name>',
    description: 'Remove a database and its filestore',
    options: [...WHERE, ['--keep-filestore', 'leave the attachments where they are'], FORCE, YES],
    examples: ['moult db drop acme_old', 'moult db drop acme_old --yes'],
    load: async () => (await import('./commands/db/drop.js')).dropCommand,
  },
  {
    group: 'db',
    name: 'neutralize',
    args: '<name>',
    description: 'Make a database harmless where it is: no mails, jobs, payments, synchronisation',
    options: [
      ...WHERE,
      ['--addons-path <folders>', 'source trees whose own data/neutralize.sql files are used'],
      YES,
    ],
    examples: [
      'moult db neutralize acme_test',
      'moult db neutralize acme_test --addons-path ~/odoo/17.0',
    ],
    load: async () => (await import('./commands/db/neutralize.js')).neutralizeCommand,
  },
  {
    name: 'demo',
    description: 'See moult work: an example on the embedded database, from nothing',
    options: [['--keep', 'keep the example databases and say where they are']],
    examples: ['moult demo'],
    load: async () => (await import('./commands/demo.js')).demoCommand,
  },
  {
    name: 'doctor',
    description: 'Tell what is on this machine, and what is missing for what',
    options: [],
    examples: ['moult doctor', 'moult doctor --json'],
    load: async () => (await import('./commands/doctor.js')).doctorCommand,
  },
  {
    name: 'completion',
    args: '<shell>',
    description: 'Print the completion script for bash, zsh or fish',
    options: [],
    examples: [
      'moult completion bash > ~/.local/share/bash-completion/completions/moult',
      'moult completion fish > ~/.config/fish/completions/moult.fish',
    ],
    load: async () => (await import('./commands/completion.js')).completionCommand,
  },
]
