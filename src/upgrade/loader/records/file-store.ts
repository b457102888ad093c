/** Where the content of attachments is kept: the filestore of the database that is upgraded. */
export interface FileStore {
  /** Keeps content under its name (`ab/abcdef…`); one that is there stays. */
  write(storeName: string, content: Uint8Array): Promise<void>
}
