/** Where an archive's bytes go; the caller opens and closes it. */
export interface ArchiveSink {
  /** Appends. The bytes are not changed afterwards. */
  write(data: Uint8Array): Promise<void>
  /**
   * Overwrites bytes that were written before. A sink that cannot (a pipe, a download) has no such
   * method; its archive does not tell where the data are, and only one process can restore it.
   */
  writeAt?(data: Uint8Array, position: number): Promise<void>
}

/** What of a `FileHandle` a sink needs. */
export interface WritableFile {
  write(
    data: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>
}

/** A sink that writes an open file from its beginning. */
export function fileSink(file: WritableFile): ArchiveSink & Required<ArchiveSink> {
  let end = 0
  async function writeAt(data: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < data.length; ) {
      const left = data.length - done
      const { bytesWritten } = await file.write(data, done, left, position + done)
      done += bytesWritten
    }
  }
  return {
    async write(data) {
      await writeAt(data, end)
      end += data.length
    },
    writeAt,
  }
}
