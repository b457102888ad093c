import type { XmlElement } from 'libxml2-wasm'
import type { Finding } from '../../../base/index.js'
import type { XmlDataFile } from '../data-file.js'
import { booleanOf } from './booleans.js'
import { attributesOf, childElements } from './element.js'
import { withXml } from './parse-xml.js'
import { readOperation } from './read-operation.js'
import type { XmlOperation, XmlScope } from './xml-operation.js'

const CONTAINERS = new Set(['odoo', 'openerp', 'data'])
/** From this release on the importer no longer knows them, though the grammar still lets them pass. */
const WITHOUT_SHORTHANDS = 17

export interface XmlFileSource {
  readonly path: string
  readonly file: string
  readonly content: Uint8Array
  /** Major of the release that the file is of: some elements only some releases know. */
  readonly major: number
}

/**
 * Reads an XML data file (odoo/tools/convert.py). What the release would leave out is a finding
 * DATA_ELEMENT_UNKNOWN, a record without a model DATA_RECORD_INCOMPLETE.
 *
 * Errors: DATA_XML_INVALID, DATA_XML_OUTSIDE, DATA_ROOT_UNKNOWN (as a finding where a module is read).
 */
export function readXmlFile(source: XmlFileSource): XmlDataFile {
  return withXml(source.content, source.file, (document) => {
    const reader = new XmlFileReader(source)
    reader.readRoot(document.root)
    return {
      kind: 'xml',
      path: source.path,
      file: source.file,
      findings: reader.findings,
      scopes: reader.scopes,
      operations: reader.operations,
      namespaces: { ...document.root.nsDeclarations },
    }
  })
}

class XmlFileReader {
  readonly scopes: XmlScope[] = []
  readonly operations: XmlOperation[] = []
  readonly findings: Finding[] = []
  readonly #source: XmlFileSource

  constructor(source: XmlFileSource) {
    this.#source = source
  }

  readRoot(root: XmlElement): void {
    if (CONTAINERS.has(root.name)) this.#readContainer(root, undefined)
    else this.#unknown(root, 'error', 'Its root must be odoo, openerp or data.')
  }

  #readContainer(element: XmlElement, parent: number | undefined): void {
    const { noupdate, uid, context, auto_sequence } = attributesOf(element)
    const fixed = booleanOf(noupdate)
    const autoSequence = booleanOf(auto_sequence)
    const scope = this.scopes.length
    this.scopes.push({
      line: element.line,
      ...(parent !== undefined && { parent }),
      ...(fixed !== undefined && { noupdate: fixed }),
      ...(uid && { uid }),
      ...(context && { context }),
      ...(autoSequence !== undefined && { autoSequence }),
    })
    for (const child of childElements(element)) {
      if (CONTAINERS.has(child.name)) this.#readContainer(child, scope)
      else this.#readOperation(child, scope)
    }
  }

  #readOperation(element: XmlElement, scope: number): void {
    const operation = readOperation(element, scope)
    if (operation === undefined) {
      this.#unknown(element, 'warning', 'Odoo refuses the file, or leaves the element out.')
      return
    }
    const { kind } = operation
    const isGone = kind === 'report' || kind === 'act_window'
    if (isGone && this.#source.major >= WITHOUT_SHORTHANDS) {
      const hint =
        'Write it as a <record>: Odoo passes over it, and deletes the record it once made.'
      this.#unknown(element, 'warning', hint)
      return
    }
    if (kind === 'record' && operation.model === '') {
      this.findings.push({
        code: 'DATA_RECORD_INCOMPLETE',
        severity: 'error',
        message: `${this.#source.path}: a record has no model`,
        place: { file: this.#source.file, line: element.line },
        hint: 'Odoo refuses the file; name the model.',
      })
    }
    this.operations.push(operation)
  }

  #unknown(element: XmlElement, severity: Finding['severity'], hint: string): void {
    this.findings.push({
      code: 'DATA_ELEMENT_UNKNOWN',
      severity,
      message: `${this.#source.path}: <${element.name}> is not read`,
      place: { file: this.#source.file, line: element.line },
      hint,
    })
  }
}
