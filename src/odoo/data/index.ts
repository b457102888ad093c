/** Reads the data files of modules: what they create, change, delete and call, with places; and translations. */
export { parseCsv } from './csv/parse-csv.js'
export type { DataFacts, NamedRecord } from './data-facts.js'
export type {
  CsvDataFile,
  CsvRow,
  DataFile,
  SqlDataFile,
  UnreadDataFile,
  XmlDataFile,
} from './data-file.js'
export { type DataKind, type LocatedDataFile, locateDataFiles } from './locate-data-files.js'
export type { PoEntry, PoFile, PoReference } from './po/po-file.js'
export { type PoFileSource, readPoFile } from './po/read-po-file.js'
export { type DataFileSource, readDataFile } from './read-data-file.js'
export {
  type DataReadingFacts,
  type ReadData,
  type ReadDataOptions,
  readReleaseData,
  readReleaseDataFacts,
} from './reading/read-release-data.js'
export { booleanOf } from './xml/booleans.js'
export { withXml } from './xml/parse-xml.js'
export { formatXml, readXmlNodes, type XmlNodeView } from './xml/xml-node-view.js'
export type {
  XmlArgument,
  XmlDelete,
  XmlField,
  XmlFunction,
  XmlMenuitem,
  XmlOperation,
  XmlRecord,
  XmlScope,
  XmlShorthand,
  XmlTemplate,
  XmlValue,
} from './xml/xml-operation.js'
