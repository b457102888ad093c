import { UsageError } from '../../../base/index.js'
import { addPackages, type PackageCache } from '../../../odoo/packages/index.js'
import type { Release } from '../../../odoo/release/index.js'
import type { CommandContext, CommandResult, GivenOptions } from '../../command.js'
import { textOption } from '../../command.js'
import type { View } from '../../output/style.js'
import { type Column, renderTable } from '../../output/table.js'

type Package = PackageCache['packages'][number]

const SHORT_HASH = 12
const COLUMNS: readonly Column<Package>[] = [
  { title: 'PACKAGE', value: (row) => row.name },
  { title: 'VERSION', value: (row) => row.version },
  { title: 'SHA-256', value: (row) => row.sha256.slice(0, SHORT_HASH), drop: 2 },
  { title: 'FILE', value: (row) => row.file, drop: 1 },
]

/** `moult sources add <release> --packages`: the Python packages that the release's code imports. */
export async function fetchPackages(
  release: Release,
  options: GivenOptions,
  { environment, progress }: CommandContext,
): Promise<CommandResult> {
  const foreign = ['git', 'branch', 'folder', 'kind'].find((name) => options[name] !== undefined)
  if (foreign !== undefined) {
    throw new UsageError(
      'CONFLICTING_OPTIONS',
      `--packages does not go together with --${foreign}`,
      {
        hint: 'Fetch the packages and the sources by two commands.',
      },
    )
  }
  const index = textOption(options, 'index')
  const request = {
    release,
    ...(index !== undefined && { index }),
    overwrite: options.overwrite === true,
  }
  const cache = await addPackages(request, environment, progress)
  return { data: cache, lines: (view) => renderPackages(view, cache) }
}

function renderPackages(view: View, { folder, packages }: PackageCache): readonly string[] {
  return [...renderTable(view, COLUMNS, packages), `In ${folder}`]
}
