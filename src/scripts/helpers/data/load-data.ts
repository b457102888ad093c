import type { HelperContext } from '../helper-context.js'

export type LoadMode = 'init' | 'update' | 'demo' | 'init_no_create'

/** One call of `load_data`: a data file of a module, or of an upgrade path's folder of that module. */
export interface DataFile {
  readonly module: string
  /** Relative to the module's folder. */
  readonly file: string
  readonly mode: LoadMode
  /** A second file of the module, whose view-inheritance operations change the first before it is read. */
  readonly transformation?: string
}

/** Imports data files as Odoo's importer does. */
export interface LoadData {
  load(file: DataFile, context: HelperContext): Promise<void>
}

/** Imports nothing and says so: one finding for each file, with the place it was found at. */
export const deferLoadData: LoadData = {
  async load({ module, file, mode, transformation }, context) {
    const path = await context.files?.find(module, file)
    context.findings.add({
      code: 'DATA_NOT_LOADED',
      severity: 'warning',
      message: `${module}: the records of ${file} were not imported`,
      ...(path !== undefined && { place: { file: path } }),
      hint: 'Import the file with Odoo of the target release after the upgrade, or compare its records by hand.',
      data: { module, file, mode, ...(transformation !== undefined && { transformation }) },
    })
  },
}
