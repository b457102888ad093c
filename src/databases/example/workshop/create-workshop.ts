import type { Session } from '../../../db/index.js'
import { type ExampleFile, writeAttachments } from '../write-attachments.js'
import { BUSINESS_ROWS } from './business-rows.js'
import { BUSINESS_SCHEMA, LOG_FOREIGN_KEYS } from './business-schema.js'
import { reflectModels } from './reflect-models.js'
import { writeInterface, writeModules, writeMoments, writePeople } from './system-rows.js'
import { SYSTEM_SCHEMA } from './system-schema.js'
import { writeTranslations } from './translations.js'

const PHOTOS = 12

/**
 * Fills an empty database and its filestore with the bicycle workshop of `examples/bicycle-workshop`, as it
 * is on Odoo 15.0: modules, models, some twenty thousand rows. The same content every time.
 */
export async function createWorkshop(session: Session, filestore: string): Promise<void> {
  await session.execute(SYSTEM_SCHEMA)
  await session.execute(BUSINESS_SCHEMA)
  await session.execute(LOG_FOREIGN_KEYS)
  await writePeople(session)
  await writeModules(session)
  await reflectModels(session)
  await writeInterface(session)
  await session.execute(BUSINESS_ROWS)
  await writeTranslations(session)
  await writeAttachments(session, filestore, photos())
  await writeMoments(session)
}

function photos(): readonly ExampleFile[] {
  return Array.from({ length: PHOTOS }, (_, n) => ({
    name: `bicycle-${n + 1}.txt`,
    content: Buffer.from(`A picture of bicycle ${n + 1}\n`.repeat(1 + n * 40)),
    model: 'workshop.bicycle',
    id: n + 1,
  }))
}
