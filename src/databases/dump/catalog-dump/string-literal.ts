/** A string literal for a dump, which sets `standard_conforming_strings`: backslashes are plain. */
export function stringLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
