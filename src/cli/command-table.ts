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

export const GROUPS = [
  { name: 'db', description: 'Database manager' },
  { name: 'sources', description: 'Source trees of releases' },
  { name: 'script', description: 'Migration scripts' },
  { name: 'cache', description: 'What is kept to be quicker the next time' },
] as const

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
const PYTHON: OptionSpec = [
  '--python <interpreter>',
  'embedded (default), or the path of a CPython',
]

/** What to upgrade to, and by which sources; names and short forms are odoo-bin's where it has them. */
const UPGRADE: readonly OptionSpec[] = [
  ['-d, --database <name>', 'the database, where SOURCE is not given'],
  ['--to <release>', 'release to arrive at, such as 17.0; by default that of the addons path'],
  ['--addons-path <folders>', "source tree of the release, and folders of one's own modules"],
  ['--upgrade-path <folders>', 'folders of migration scripts, <module>/<version>/pre-….py'],
  ['--load <modules>', 'server-wide modules; openupgrade_framework makes it an OpenUpgrade run'],
  ['-u, --update <modules>', 'modules to update, or all (default on the way to another release)'],
  ['-i, --init <modules>', 'modules to install'],
  ['--without-demo <modules>', 'no demo data for newly installed modules'],
  ['--stop-after-init', 'accepted for odoo-bin command lines; moult always stops'],
  [
    '--loader <loader>',
    "who loads the modules: the release's own code where the source tree has it (auto), it always, moult itself, nobody",
    ['auto', 'odoo', 'native', 'none'],
  ],
  PYTHON,
  ['--python-packages <folders>', 'folders with the Python packages that Odoo imports'],
  ['--auto-install <policy>', 'automatic modules', ['none', 'openupgrade18', 'fresh']],
  ['--parity', "the reference's policies exactly, its mistakes included"],
  ['--force-init', 'let -i load an installed module as if new: its scripts are skipped for good'],
]
const RUN: readonly OptionSpec[] = [
  ['--openupgradelib <folder>', 'your own openupgradelib instead of the built-in one'],
  ['--script-seconds <seconds>', 'longest time of one script'],
  ['--script-memory <megabytes>', 'largest memory of one script'],
  ['--log-format <format>', 'short, or the lines that Odoo logs', ['short', 'odoo']],
  ['--keep-going', 'undo a script that fails, tell it at the end, and go on: for a rehearsal'],
  ['--allow-script-commit', 'let scripts commit in the middle of their step'],
  ['--report <file>', 'write at the end what ran, changed and was found, as .html or .json'],
  ['--overwrite', 'replace an existing file of -o'],
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
    name: 'upgrade',
    args: '[source]',
    description: 'Upgrade a backup file or a database, as a copy; the original stays as it is',
    options: [
      ...UPGRADE,
      ['-o, --output <file>', 'write the upgraded backup here (.zip, .dump, .sql, .sql.gz)'],
      ['--into <name>', 'name of the copy; by default <source>_<release>'],
      ['--in-place', 'upgrade the database itself instead of a copy'],
      ['--checkpoint <modules>', 'keep a copy before each of these modules, or before all'],
      ...RUN,
      ...WHERE,
    ],
    examples: [
      'moult upgrade backup.zip --to 16.0 -o upgraded.zip',
      'moult upgrade acme --addons-path ~/odoo-16.0,~/my-addons --upgrade-path ~/OpenUpgrade/openupgrade_scripts/scripts',
      'moult upgrade acme -u my_module --addons-path ~/odoo-17.0,~/my-addons',
    ],
    load: async () => (await import('./commands/upgrade/upgrade.js')).upgradeCommand,
  },
  {
    name: 'plan',
    args: '[source]',
    description: 'Show what an upgrade would do, in order, and why; nothing is written',
    options: [
      ...UPGRADE,
      ['--explain <module>', 'every script of a module, and why it runs or not'],
      ...WHERE,
    ],
    examples: ['moult plan backup.zip --to 16.0', 'moult plan acme --to 17.0 --explain sale'],
    load: async () => (await import('./commands/upgrade/plan.js')).planCommand,
  },
  {
    name: 'analyze',
    args: '<old> <new>',
    description: 'Tell what changes between two releases, from their source trees alone',
    options: [
      ['-o, --output <folder>', "write OpenUpgrade's files here: <module>/<version>/…"],
      ['--apriori <file>', "OpenUpgrade's apriori.py: what was renamed and merged"],
      ['--modules <modules>', 'only these modules'],
      ['--own', "only modules that are not Odoo's own"],
      ['--for <source>', 'only what is of concern to this database or backup'],
      ['--html', 'also a page to read and search: analysis.html'],
      ['--work', 'make upgrade_analysis_work.txt, or merge the analysis into those that are there'],
      ['--remaining', 'only lines that ask for work and that no script or work file answers'],
      ['--upgrade-path <folders>', 'folders of migration scripts, for --remaining'],
      ['--format <branch>', 'texts as this branch of upgrade_analysis has them', ['16', '17']],
      ...WHERE,
    ],
    examples: [
      'moult analyze 15.0 16.0 -o analysis --html',
      'moult analyze ~/odoo-15.0,~/addons-15 ~/odoo-16.0,~/addons-16 --own',
      'moult analyze 15.0 16.0 --for acme',
    ],
    load: async () => (await import('./commands/analysis/analyze.js')).analyzeCommand,
  },
  {
    name: 'coverage',
    args: '[source]',
    description: 'Tell for each installed module whether scripts cover its way to another release',
    options: [
      ['-d, --database <name>', 'the database, where SOURCE is not given'],
      ['--to <release>', 'release to arrive at, such as 17.0; by default that of the addons path'],
      ['--modules <modules>', 'these modules instead of those of a database'],
      ['--from <release>', 'the release that --modules are of'],
      [
        '--addons-path <folders>',
        "source tree of the last release, and folders of one's own modules",
      ],
      ['--old-path <folders>', 'the same of the first release'],
      ['--upgrade-path <folders>', 'folders of migration scripts, for --addons-path'],
      ['--apriori <file>', "OpenUpgrade's apriori.py: what was renamed and merged"],
      ['--html <file>', 'write a page as well'],
      ['--rst <file>', "write OpenUpgrade's coverage file as well"],
      ...WHERE,
    ],
    examples: [
      'moult coverage backup.zip --to 16.0',
      'moult coverage acme --to 17.0 --html coverage.html',
      'moult coverage --modules sale,stock --from 15.0 --to 16.0',
    ],
    load: async () => (await import('./commands/analysis/coverage.js')).coverageCommand,
  },
  {
    name: 'resume',
    args: '[database]',
    description: 'Go on with an upgrade that stopped, exactly where it stopped',
    options: [
      ['-d, --database <name>', 'the database that is being upgraded'],
      ['--from <step>', 'go back to the checkpoint before MODULE:PHASE first'],
      PYTHON,
      ...RUN,
      ...WHERE,
    ],
    examples: ['moult resume acme_16', 'moult resume acme_16 --from account:post'],
    load: async () => (await import('./commands/upgrade/resume.js')).resumeCommand,
  },
  {
    name: 'status',
    args: '[database]',
    description: 'Show which upgrades there are and where they stand',
    options: [['-d, --database <name>', 'only this database'], ...WHERE],
    examples: ['moult status', 'moult status acme_16 --json'],
    load: async () => (await import('./commands/upgrade/status.js')).statusCommand,
  },
  {
    name: 'report',
    args: '[database]',
    description: 'Tell what an upgrade did: times, scripts, tables, findings',
    options: [
      ['-d, --database <name>', 'the database that was upgraded'],
      ['-o, --output <file>', 'write the whole report as well, as .html or .json'],
      ...WHERE,
    ],
    examples: ['moult report acme_16', 'moult report acme_16 -o report.html'],
    load: async () => (await import('./commands/upgrade/report.js')).reportCommand,
  },
  {
    name: 'shell',
    args: '[source]',
    description:
      'Open a Python prompt with `env` on a database or backup; nothing is kept unless told',
    options: [
      ['-d, --database <name>', 'the database, where SOURCE is not given'],
      ['--addons-path <folders>', "source tree of the database's release, and folders of modules"],
      ['--execute <code>', 'run this code instead of a prompt'],
      ['--file <script>', 'run this script instead of a prompt'],
      ['--commit', 'commit at the end, and where the code says so'],
      ['--python <interpreter>', 'embedded (default), or the path of a CPython'],
      ['--python-packages <folders>', 'folders with the Python packages that Odoo imports'],
      ['--openupgradelib <folder>', 'your own openupgradelib instead of the built-in one'],
      ...WHERE,
    ],
    examples: [
      'moult shell backup.zip',
      'moult shell acme --addons-path ~/odoo-16.0,~/my-addons',
      'moult shell acme --execute \'print(env["res.partner"].search_count([]))\'',
      'moult shell acme --file repair.py --commit',
    ],
    load: async () => (await import('./commands/shell/shell.js')).shellCommand,
  },
  {
    name: 'verify',
    description:
      'Drive a running Odoo as a user would: every menu, view, report, and a sale; list what fails',
    options: [
      ['--odoo <url>', 'address of the server, such as http://127.0.0.1:8069'],
      ['-d, --database <name>', "the database; by default the server's only one"],
      ['--login <login>', 'who to log in as; by default admin'],
      ['--password <password>', 'better in MOULT_ODOO_PASSWORD; else it is asked for'],
      ['--read-only', 'make no sale'],
    ],
    examples: [
      'moult verify --odoo http://127.0.0.1:8069 -d acme_16',
      'moult verify --odoo https://test.example.com --login admin --read-only --json',
    ],
    load: async () => (await import('./commands/verify/verify.js')).verifyCommand,
  },
  {
    group: 'db',
    name: 'create',
    args: '<name>',
    description:
      'Make an empty database as Odoo does (UTF-8, C collation, pg_trgm); with -i, install modules',
    options: [
      ...WHERE,
      ['-i, --init <modules>', 'modules to install, separated by commas; base comes in any case'],
      ['--addons-path <folders>', "source tree of the release, and folders of one's own modules"],
      ['--demo', 'also their demonstration data'],
      [
        '--loader <loader>',
        "who installs: moult (default), or the release's own code: slower, and complete",
        ['native', 'odoo'],
      ],
      PYTHON,
      ['--python-packages <folders>', 'folders with the Python packages that Odoo imports'],
      ['--without-demo <modules>', 'no demonstration data (default); as odoo-bin takes it: all'],
      ['--owner <role>', 'owner of the database'],
      ['--template <database>', 'start from this database'],
      ['--unaccent', 'also set up the extension unaccent'],
    ],
    examples: [
      'moult db create acme',
      'moult db create acme --addons-path ~/odoo-16.0,~/my-addons -i base,sale --demo',
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
    group: 'sources',
    name: 'add',
    args: '<release>',
    description:
      'Get the source of a release (Odoo and OpenUpgrade) by git, or take it from a folder',
    options: [
      ['--git <url>', 'another repository than the public one'],
      ['--branch <branch>', 'another branch than that of the release'],
      ['--folder <folder>', 'a folder of yours instead of a clone'],
      ['--kind <kind>', 'only one of them', ['odoo', 'openupgrade']],
      [
        '--packages',
        "the Python packages that the release's own code imports, instead of its source",
      ],
      ['--index <url>', 'another index of Python packages than the public one'],
      ['--overwrite', 'get it again'],
    ],
    examples: [
      'moult sources add 16.0',
      'moult sources add 16.0 --git https://github.com/OCA/OCB --kind odoo',
      'moult sources add 16.0 --folder ~/odoo-16.0',
      'moult sources add 16.0 --packages',
    ],
    load: async () => (await import('./commands/sources/add.js')).addSourcesCommand,
  },
  {
    group: 'sources',
    name: 'list',
    description: 'Show which sources there are: release, commit, size',
    options: [],
    examples: ['moult sources list'],
    load: async () => (await import('./commands/sources/list.js')).listSourcesCommand,
  },
  {
    group: 'sources',
    name: 'remove',
    args: '<release>',
    description: 'Forget the sources of a release; folders of yours stay',
    options: [['--kind <kind>', 'only one of them', ['odoo', 'openupgrade']]],
    examples: ['moult sources remove 16.0'],
    load: async () => (await import('./commands/sources/remove.js')).removeSourcesCommand,
  },
  {
    group: 'script',
    name: 'new',
    args: '<module> [version]',
    description: 'Write the draft of a migration script into the module, or into an upgrade path',
    options: [
      ['--phase <phase>', 'before, behind, or after all modules', ['pre', 'post', 'end']],
      ['--language <language>', 'TypeScript (default), Python or SQL', ['ts', 'py', 'sql']],
      ['--name <name>', 'what comes behind the phase in the file name; "migration" by default'],
      ['--folder <folder>', 'a folder of the upgrade path instead of the module'],
      ['--from-analysis', 'draft what the changes between --from and --to ask for'],
      ['--from <old>', 'release or source tree to compare: 15.0, or folders'],
      ['--to <new>', 'release or source tree to compare with'],
      ['--apriori <file>', "OpenUpgrade's apriori.py: what was renamed and merged"],
    ],
    examples: [
      'moult script new sale_stock 17.0.1.1.0',
      'moult script new my_module 17.0.2.0.0 --phase post --language py',
      'moult script new my_module --from-analysis --from 16.0 --to 17.0',
    ],
    load: async () => (await import('./commands/script/new.js')).newScriptCommand,
  },
  {
    group: 'cache',
    name: 'clear',
    description: 'Remove what is kept to be quicker the next time; fetched sources stay',
    options: [],
    examples: ['moult cache clear'],
    load: async () => (await import('./commands/cache/clear.js')).clearCacheCommand,
  },
  {
    name: 'init',
    args: '[folder]',
    description: 'Write a moult.config.ts that makes an upgrade one short command',
    options: [
      ['--to <release>', 'release to arrive at'],
      ['--format <format>', 'TypeScript with types, or JSON', ['ts', 'json']],
    ],
    examples: ['moult init', 'moult init --to 17.0 --format json'],
    load: async () => (await import('./commands/init.js')).initCommand,
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
