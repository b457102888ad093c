import type { Finding } from '../../../base/index.js'
import { id, join, type Sql, sql } from '../../../db/index.js'
import { definersOf, type RegistryModel } from '../../../odoo/registry/index.js'
import type { EffectsScope } from './effects-scope.js'

/** Releases whose `create` of mail.thread has been looked at. */
const RELEASES = { first: 15, last: 16 } as const

/** Methods that a model may have of its own, so that only its code knows what is said. */
const VOICES = ['_creation_message', '_creation_subtype', '_message_log_batch', '_message_create']
/** Modules whose versions of them have been looked at; of rating's only messages with a rating hear. */
const HEARD: readonly string[] = ['mail', 'rating']

/** Whether records of a model begin with a note that they were made (odoo/addons/mail/models/mail_thread.py). */
export function hasCreationMessages(model: RegistryModel): boolean {
  return model.ancestors.includes('mail.thread')
}

/**
 * Writes the note "… created" of new records, as user `uid` posts it. One statement; a model that says something
 * else becomes a finding.
 */
export async function logCreation(
  model: RegistryModel,
  ids: readonly number[],
  scope: EffectsScope,
): Promise<void> {
  const { models, release, session, uid, addFinding } = scope
  const messages = models.get('mail.message')
  if (ids.length === 0 || messages === undefined || !hasCreationMessages(model)) return
  const isKnown =
    RELEASES.first <= release.major &&
    release.major <= RELEASES.last &&
    VOICES.every((method) =>
      definersOf(model, method).every(({ module }) => HEARD.includes(module)),
    )
  if (!isKnown) {
    addFinding(messagesLeft(model, ids))
    return
  }
  const values: Readonly<Record<string, Sql>> = {
    ...{ model: sql`${model.name}::text`, res_id: sql`v.id`, author_id: sql`a.author` },
    body: sql`'<p>' || a.name || ' created</p>'`,
    subtype_id: sql`a.subtype`,
    message_type: sql`'notification'`,
    is_internal: sql`true`,
    email_from: sql`a.email`,
    reply_to: sql`coalesce(a.catchall, a.email)`,
    email_add_signature: sql`false`,
    date: sql`date_trunc('second', now() AT TIME ZONE 'UTC')`,
    message_id: sql`concat('<', v.id, '.', md5(${model.name}::text || now()), '-openerp-message-notify@localhost>')`,
    create_uid: sql`${uid}::int`,
    write_uid: sql`${uid}::int`,
    create_date: sql`now() AT TIME ZONE 'UTC'`,
    write_date: sql`now() AT TIME ZONE 'UTC'`,
  }
  const used = Object.entries(values).filter(
    ([name]) => messages.fields.get(name)?.column !== undefined,
  )
  await session.query(sql`
    INSERT INTO mail_message (${join(used.map(([name]) => id(name)))})
    SELECT ${join(used.map(([, value]) => value))}
      FROM (${voiceOf(model, uid)}) a, unnest(${ids}::int[]) WITH ORDINALITY AS v(id, n) ORDER BY v.n`)
}

/** Who speaks, of what, and where answers go: to the company's catch-all address where there is one. */
function voiceOf(model: RegistryModel, uid: number): Sql {
  const parameter = (key: string) =>
    sql`(SELECT nullif(value, '') FROM ir_config_parameter WHERE key = ${key})`
  const quoted = (name: Sql) =>
    sql`'"' || regexp_replace(${name}, '(["\\\\])', '\\\\\\1', 'g') || '" <'`
  return sql`
    SELECT p.id AS author,
           ${quoted(sql`coalesce(p.name, 'False')`)}
             || coalesce(p.email_normalized, nullif(p.email, '')) || '>' AS email,
           ${quoted(sql`c.name`)} || ${parameter('mail.catchall.alias')} || '@'
             || ${parameter('mail.catchall.domain')} || '>' AS catchall,
           (SELECT res_id FROM ir_model_data WHERE module = 'mail' AND name = 'mt_note') AS subtype,
           (SELECT replace(replace(replace(coalesce(to_jsonb(m) #>> '{name,en_US}', to_jsonb(m) ->> 'name'),
                     '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
              FROM ir_model m WHERE m.model = ${model.name}) AS name
      FROM res_users u LEFT JOIN res_partner p ON p.id = u.partner_id
      LEFT JOIN res_company c ON c.id = u.company_id WHERE u.id = ${uid}::int`
}

function messagesLeft({ name }: RegistryModel, ids: readonly number[]): Finding {
  return {
    code: 'CREATION_MESSAGES_LEFT',
    severity: 'info',
    message: `${ids.length} new records of ${name} have no message that they were made: only the release's own code knows what it says`,
    hint: 'Nothing depends on it. Write one by a script where the history should show it.',
    data: { model: name, ids: ids.slice(0, 100) },
  }
}
