import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/** PostgreSQL's own number of rounds; the passwords here are random, so more would gain nothing. */
const ROUNDS = 4096
const SALT_BYTES = 16
const KEY_BYTES = 32

/**
 * What PostgreSQL stores of an ASCII password for SCRAM-SHA-256 (RFC 5803). Sent in place of the
 * password, so that the password never stands in a server's log of statements.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(SALT_BYTES)): string {
  const salted = pbkdf2Sync(password, salt, ROUNDS, KEY_BYTES, 'sha256')
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64')
  const server = keyOf('Server Key').toString('base64')
  return `SCRAM-SHA-256$${ROUNDS}:${salt.toString('base64')}$${stored}:${server}`
}
