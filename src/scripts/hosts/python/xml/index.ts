/** Validation of XML for guests: RELAX NG and XSD by libxml2. */
export { type XmlOperationsOptions, xmlOperations } from './xml-operations.js'
