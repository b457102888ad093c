import type { SupportedMajor } from '../release/index.js'

/** A package that the code of a release imports. */
export interface PackageNeed {
  /** As it is imported. */
  readonly name: string
  /** As it is installed. */
  readonly distribution: string
  /** `required`: some module of Odoo imports it without a fallback. */
  readonly needed: 'required' | 'optional'
  /**
   * Absent, Odoo does not start. Without any other required package a stand-in is imported, which fails when
   * it is used (python/moultg/native/stubs.py).
   */
  readonly essential: boolean
  /** What does not work without it. */
  readonly without: string
  /** moult has a stand-in for its compiled part; only its Python modules are wanted. */
  readonly standIn?: 'whole' | 'compiled part'
  readonly since?: SupportedMajor
  readonly until?: SupportedMajor
}

type Row = readonly [
  name: string,
  distribution: string,
  without: string,
  more?: Pick<PackageNeed, 'standIn' | 'since' | 'until'>,
]

/** Imported by what every upgrade needs. */
const ESSENTIAL: readonly Row[] = [
  ['babel', 'Babel', 'dates, numbers and languages are not formatted; Odoo does not start'],
  ['dateutil', 'python-dateutil', 'date arithmetic; Odoo does not start'],
  ['decorator', 'decorator', 'decorated methods; Odoo does not start'],
  ['lxml', 'lxml', 'views and HTML cannot be read', { standIn: 'compiled part' }],
  ['markupsafe', 'MarkupSafe', 'templates; Odoo does not start'],
  ['passlib', 'passlib', 'passwords are not hashed'],
  ['PIL', 'Pillow', 'images', { standIn: 'whole' }],
  ['polib', 'polib', 'translations are not read; Odoo does not start'],
  ['psycopg2', 'psycopg2', 'the database', { standIn: 'whole' }],
  ['pytz', 'pytz', 'time zones; Odoo does not start'],
  ['werkzeug', 'Werkzeug', 'routes and URLs; Odoo does not start'],
  ['idna', 'idna', 'mail addresses with international domains; Odoo does not start'],
  ['jinja2', 'Jinja2', 'templates of older mails and of scaffolding; Odoo does not start'],
]

/** Imported at the top of a module of Odoo's: absent, the module itself could not be imported. */
const REQUIRED: readonly Row[] = [
  ['PyPDF2', 'PyPDF2', 'PDF files are not merged or split'],
  ['chardet', 'chardet', 'encodings of imported files are not guessed'],
  ['cryptography', 'cryptography', 'certificates and signatures'],
  ['docutils', 'docutils', 'descriptions of modules are not rendered'],
  ['ldap', 'python-ldap', 'the module auth_ldap'],
  ['OpenSSL', 'pyOpenSSL', 'certificates of mail servers and electronic invoices'],
  ['pkg_resources', 'setuptools', 'dependencies of modules are not checked', { until: 17 }],
  ['psutil', 'psutil', 'limits of the server, which no upgrade needs'],
  ['qrcode', 'qrcode', 'QR codes of two-factor authentication'],
  ['reportlab', 'reportlab', 'bar codes and PDF stamps'],
  ['requests', 'requests', 'calls to web services'],
  ['rjsmin', 'rjsmin', 'scripts of web pages are not minified', { since: 17 }],
  ['stdnum', 'python-stdnum', 'VAT and account numbers are not checked'],
  ['urllib3', 'urllib3', 'calls to web services'],
  ['xlrd', 'xlrd', 'old Excel files are not imported'],
  ['xlwt', 'xlwt', 'old Excel files are not exported'],
  ['zeep', 'zeep', 'SOAP services'],
]

/** Imported where Odoo catches the failure: absent, it goes its own way, as on a server without it. */
const OPTIONAL: readonly Row[] = [
  ['freezegun', 'freezegun', 'tests that stop the clock'],
  ['gevent', 'gevent', 'the longpolling server'],
  ['geoip2', 'geoip2', 'countries of visitors'],
  ['magic', 'python-magic', 'types of files are guessed by Odoo itself'],
  ['num2words', 'num2words', 'amounts are not written out'],
  ['odf', 'odfpy', 'OpenDocument files are not imported'],
  ['ofxparse', 'ofxparse', 'bank statements in OFX'],
  ['openpyxl', 'openpyxl', 'Excel files are not imported', { since: 16 }],
  ['phonenumbers', 'phonenumbers', 'telephone numbers keep the form they have'],
  ['sass', 'libsass', 'style sheets are not compiled; Odoo does so at its first start'],
  ['slugify', 'python-slugify', "addresses of web pages are made by Odoo's own rules"],
  ['vobject', 'vobject', 'vCards and calendar files'],
  ['xlsxwriter', 'XlsxWriter', 'Excel files are not exported'],
]

/** The packages that a release imports; the source trees of 15.0 and 16.0 were read for this. */
export function packageNeeds(major: number): readonly PackageNeed[] {
  const rows = [
    ...ESSENTIAL.map((row) => ({ ...toNeed(row, 'required'), essential: true })),
    ...REQUIRED.map((row) => toNeed(row, 'required')),
    ...OPTIONAL.map((row) => toNeed(row, 'optional')),
  ]
  return rows.filter(({ since = 0, until = major }) => since <= major && major <= until)
}

function toNeed(
  [name, distribution, without, more]: Row,
  needed: PackageNeed['needed'],
): PackageNeed {
  return { name, distribution, needed, essential: false, without, ...more }
}
