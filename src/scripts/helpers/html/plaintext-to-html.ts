const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&#34;'],
  ["'", '&#39;'],
])

/** A link; quotes around it, or an end of a link behind it, mean that it is one already (odoo/tools/mail.py). */
const LINK =
  /(?<!["'])(?:ftp|https?):\/\/(?:[\p{L}\p{N}_]+:?[\p{L}\p{N}_]*@)?[^\s<"']+(?::\d+)?(?:\/|\/[^\s<"'])?(?![^\s<"']*["']|[^\s<"']*<\/a>)/gu

/** Plain text as Odoo's `plaintext2html` shows it: paragraphs at blank lines, line breaks, links. */
export function plaintextToHtml(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => ESCAPES.get(character) ?? character)
  const broken = escaped.replace(/\r\n|\r|\n/g, '<br/>')
  const linked = broken.replace(
    LINK,
    (link) => `<a href="${link}" target="_blank" rel="noreferrer noopener">${link}</a>`,
  )
  return `<p>${linked.replace(/(?:<\s*br\s*\/?>\s*){2,}/gi, '</p><p>')}</p>`
}
