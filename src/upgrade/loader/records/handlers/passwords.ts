import { pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { sql } from '../../../../db/index.js'
import type { ModelHandler } from './model-handler.js'

/** As many as Odoo wants at least; it accepts what others have made (`MIN_ROUNDS` in res_users.py). */
const ROUNDS = 600_000
const SALT_BYTES = 16
const HASH_BYTES = 64

const derive = promisify(pbkdf2)

/** Passwords of users, which no field stores: the column holds a hash (`_set_password` in res_users.py). */
export const passwordHandler: ModelHandler = {
  models: 'res.users',
  prepare({ id, values }, turn) {
    const password = values.get('password')
    values.delete('password')
    if (typeof password === 'string' && password !== '') turn.passwords.set(id, password)
  },
  async after(_, turn) {
    const given = []
    for (const [id, password] of turn.passwords) {
      given.push({ id: turn.ids.real(id), hash: await hashPassword(password) })
    }
    turn.passwords.clear()
    if (given.length === 0) return
    await turn.scope.session.query(sql`
      UPDATE res_users u SET password = w.hash
        FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS w(id integer, hash text)
       WHERE u.id = w.id`)
  },
}

/** A password as Odoo stores it: `$pbkdf2-sha512$rounds$salt$hash`, with `.` for `+` and no padding. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, ROUNDS, HASH_BYTES, 'sha512')
  return `$pbkdf2-sha512$${ROUNDS}$${adapted(salt)}$${adapted(hash)}`
}

function adapted(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '.').replaceAll('=', '')
}
