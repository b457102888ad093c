import { UserError } from '../base/index.js'

/** A statement inside a transaction failed, the failure was ignored, and so nothing was committed. */
export function transactionFailed(): UserError {
  return new UserError(
    'TRANSACTION_FAILED',
    'A statement failed inside the transaction and its failure was ignored; PostgreSQL has undone the whole transaction',
    { hint: 'Run statements that may fail inside a savepoint.' },
  )
}

/** A statement ended the transaction around it. */
export function transactionEnded(): UserError {
  return new UserError(
    'TRANSACTION_ENDED',
    'A statement ended the transaction that it was confined to',
    { hint: 'Remove COMMIT, ROLLBACK and END from the dump or script.' },
  )
}

/** A session ended inside a transaction that its statements had begun. */
export function transactionLeftOpen(): UserError {
  return new UserError(
    'TRANSACTION_LEFT_OPEN',
    'A transaction was begun and neither committed nor rolled back; its changes are undone',
    { hint: 'Add the missing COMMIT to the dump or script, or remove its BEGIN.' },
  )
}
