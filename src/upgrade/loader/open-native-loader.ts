import type { Findings } from '../../base/index.js'
import { readFrameworkDocs } from '../../odoo/reading/index.js'
import { Registry } from '../../odoo/registry/index.js'
import type { FileStore } from '../../scripts/orm/index.js'
import { loadPythonBodyReader } from '../../text/index.js'
import { CleanupPart } from './cleanup/cleanup-part.js'
import { ModuleListPart } from './effects/module-list-part.js'
import type { PictureFitter } from './effects/pictures.js'
import type { Guest } from './guest.js'
import { PostHooksPart, PreHooksPart } from './hooks/hooks-part.js'
import { MethodLibrary } from './inits/method-library.js'
import type { LoaderPart } from './loader-part.js'
import type { LoaderSource } from './loader-source.js'
import { NativeLoader } from './native-loader.js'
import { RecordsPart } from './records/records-part.js'
import { ReflectionPart } from './reflection/reflection-part.js'
import { SchemaPart } from './schema/schema-part.js'
import { TranslationsPart } from './translations/translations-part.js'

export interface OpenLoaderOptions {
  readonly source: LoaderSource
  readonly findings: Findings
  readonly guest?: Guest
  readonly parity: boolean
  /** Where contents of attachments go; without it they are kept in the database. */
  readonly store?: FileStore
  /** Makes pictures of the sizes that the release keeps. */
  readonly fitter?: PictureFitter
  /** What works behind schema, reflection and records, in this order. */
  readonly parts?: readonly LoaderPart[]
}

/** Makes a loader for one hop: schema, reflection, records, cleanup, and what else is given. */
export async function openNativeLoader({
  source,
  findings,
  guest,
  parity,
  store,
  fitter,
  parts = [],
}: OpenLoaderOptions): Promise<NativeLoader> {
  const reader = await loadPythonBodyReader()
  const library = new MethodLibrary(reader, source.tree)
  const schema = new SchemaPart({ library })
  const docstrings = await readFrameworkDocs(source.tree.root)
  return new NativeLoader({
    source,
    openRegistry: ({ models, fields }, translatedFields) =>
      new Registry(source.release, findings, {
        customModels: models,
        customFields: fields,
        translatedFields,
      }),
    parts: [
      new PreHooksPart(),
      schema,
      new ReflectionPart(schema, docstrings),
      new RecordsPart({
        reader,
        ...(store !== undefined && { store }),
        ...(fitter !== undefined && { fitter }),
      }),
      new TranslationsPart(),
      ...parts,
      new ModuleListPart(),
      new CleanupPart(),
      new PostHooksPart(),
    ],
    ...(guest !== undefined && { guest }),
    parity,
  })
}
