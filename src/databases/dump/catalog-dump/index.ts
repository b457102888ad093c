/** Dumps a database by reading its catalog, without pg_dump. */
export { type CatalogDump, type CatalogDumpOptions, dumpEntries } from './dump-entries.js'
