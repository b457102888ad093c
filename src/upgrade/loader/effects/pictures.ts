import type { Finding } from '../../../base/index.js'
import type { Session } from '../../../db/index.js'
import type { RegistryField, RegistryModel } from '../../../odoo/registry/index.js'
import type { AttachmentWrite } from '../../../scripts/orm/index.js'
import { GuestError } from '../../../scripts/values/index.js'
import { type PictureComparison, withSamePictures } from './same-pictures.js'

/** Makes pictures smaller as the release's `Image` fields do; supplied by whoever starts the loader. */
export interface PictureFitter extends PictureComparison {
  /**
   * The picture within a size, 0 for no limit, in its own format; the content itself where it is small enough or
   * no raster picture.
   */
  fit(content: Uint8Array, width: number, height: number): Promise<Uint8Array>
}

/** What fitting pictures works with. */
export interface PicturesScope {
  readonly models: ReadonlyMap<string, RegistryModel>
  readonly fitter: PictureFitter
  readonly addFinding: (finding: Finding) => void
  /** For files that are there already; without them every picture that is made is written. */
  readonly session?: Session
  readonly read?: ((storeName: string) => Promise<Uint8Array>) | undefined
}

/** The contents of binary fields as they are kept, each followed by the sizes that are made of it. */
export async function fittedContents(
  writes: readonly AttachmentWrite[],
  { models, fitter, addFinding, session, read }: PicturesScope,
): Promise<readonly AttachmentWrite[]> {
  const kept: AttachmentWrite[] = []
  const gentle: Pick<PictureFitter, 'fit'> = {
    async fit(content, width, height) {
      try {
        return await fitter.fit(content, width, height)
      } catch (error) {
        if (!(error instanceof GuestError)) throw error
        addFinding(pictureLeft(error.message))
        return content
      }
    },
  }
  for (const write of writes) {
    const model = models.get(write.model)
    const field = model?.fields.get(write.field)
    if (model === undefined || field === undefined || !isPicture(field)) kept.push(write)
    else kept.push(...(await fittedContent(write, field, model, gentle)))
  }
  const made = onlyLast(kept)
  if (read === undefined || session === undefined) return made
  const isSame = (left: Uint8Array, right: Uint8Array) => fitter.isSame(left, right)
  return withSamePictures(writes, made, { session, read, isSame })
}

async function fittedContent(
  write: AttachmentWrite,
  field: RegistryField,
  model: RegistryModel,
  fitter: Pick<PictureFitter, 'fit'>,
): Promise<readonly AttachmentWrite[]> {
  const { content } = write
  const { width, height } = limitsOf(field)
  const own: AttachmentWrite = {
    ...write,
    content: content === undefined ? undefined : await fitter.fit(content, width, height),
  }
  const kept = [own]
  for (const other of followersOf(field, model)) {
    kept.push(...(await fittedContent({ ...own, field: other.name }, other, model, fitter)))
  }
  return kept
}

/** Stored fields of the model that hold the same picture in another size. */
function followersOf(field: RegistryField, model: RegistryModel): readonly RegistryField[] {
  return [...model.fields.values()].filter(
    (other) =>
      isPicture(other) &&
      other.store &&
      other.attachment !== false &&
      other.related?.length === 1 &&
      other.related[0] === field.name,
  )
}

function isPicture({ type, fieldClass }: RegistryField): boolean {
  return type === 'binary' && fieldClass === 'Image'
}

/** Largest size of a field's pictures in pixels; 0 for any. */
function limitsOf({ args }: RegistryField): { readonly width: number; readonly height: number } {
  const limit = (name: string): number => {
    const given = args[name]
    return typeof given === 'number' ? given : 0
  }
  return { width: limit('max_width'), height: limit('max_height') }
}

function pictureLeft(reason: string): Finding {
  return {
    code: 'PICTURE_LEFT_AS_IT_IS',
    severity: 'warning',
    message: `A picture is kept in the size that it has: ${reason}`,
    hint: 'Odoo shows it all the same, only slower. Write the picture again to have its sizes made.',
  }
}

/** A field that is given itself wins over what would be made of another. */
function onlyLast(writes: readonly AttachmentWrite[]): readonly AttachmentWrite[] {
  return [...new Map(writes.map((one) => [`${one.model} ${one.id} ${one.field}`, one])).values()]
}
