/** First drafts of migration scripts. */
export { type DraftLanguage, type DraftRequest, draftScript } from './draft-script.js'
