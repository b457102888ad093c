import type { SupportedMajor } from '../release/index.js'

/** A wheel that `moult sources add --packages` fetches. */
export interface PackagePin {
  /** The distribution, in canonical form. */
  readonly name: string
  readonly version: string
  /**
   * The wheel's SHA-256. Without it the index's own is believed at the first fetch, recorded, and held to
   * from then on.
   */
  readonly sha256?: string
  /** The wheel's name where it is not one for any platform: only its Python files are unpacked. */
  readonly file?: string
  readonly until?: SupportedMajor
}

/**
 * One version of each package that works with all of Odoo 14 to 18, near those of Debian 12, which
 * Odoo itself names for Python 3.11.
 */
const PINS: readonly PackagePin[] = [
  pin('babel', '2.12.1', 'b4246fb7677d3b98f501a39d43396d3cafdc8eadb045f4a31be01863f655c610'),
  pin('certifi', '2026.7.22', '62f22742b58a1a33014a2b6b706588a8d7e2a88ae7bd1a6ebe8c992928483775'),
  pin('chardet', '5.2.0', 'e1cf59446890a00105fe7b7912492ea04b6e6f06d4b742b2c788469e34c82970'),
  pin('decorator', '5.3.1', 'f47fe6fdbd2edd623ecfe36875d37aba411624e2670dd395dddae1358689bb3c'),
  pin('docutils', '0.20.1', '96f387a2c5562db4476f09f13bbab2192e764cac08ebbf3a34a95d9b1e4a59d6'),
  pin('freezegun', '1.5.5', 'cd557f4a75cf074e84bc374249b9dd491eaeacd61376b9eb3c423282211619d2'),
  pin('idna', '3.20', 'ab7ae7122974553370f0bdb919e1a960b2cd1bc1ef0276416d896db81c14582c'),
  pin('jinja2', '3.1.6', '85ece4451f492d0c13c5dd7c13a64681a86afae63a5f347908daf103ce6d2f67'),
  {
    ...pin('lxml', '4.9.2', 'd6b430a9938a5a5d85fc107d852262ddcd48602c120e3dbb02137c83d212b380'),
    file: 'lxml-4.9.2-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.manylinux_2_24_x86_64.whl',
  },
  {
    ...pin(
      'markupsafe',
      '2.1.5',
      'b91c037585eba9095565a3556f611e3cbfaa42ca1e865f7b8015fe5c7336d5a5',
    ),
    file: 'MarkupSafe-2.1.5-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  },
  pin('num2words', '0.5.14', '1c8e5b00142fc2966fd8d685001e36c4a9911e070d1b120e1beb721fa1edb33d'),
  pin('passlib', '1.7.4', 'aa6bca462b8d8bda89c70b382f0c298a20b5560af6cbfa2dce410c0a2fb669f1'),
  pin('polib', '1.2.0'),
  pin('pypdf2', '2.12.1'),
  pin(
    'python-dateutil',
    '2.9.0.post0',
    'a8b2bc7bffae282281c8140a97d3aa9c14da0b136dfe83f850eea9a5f7470427',
  ),
  pin('python-stdnum', '1.20'),
  pin('pytz', '2026.4', '9d514388fbc89ca0833203464272ac485b8828568ab73532f5020f17e892a0ff'),
  pin('qrcode', '8.2', '16e64e0716c14960108e85d853062c9e8bba5ca8252c0b4d0231b9df4060ff4f'),
  pin('reportlab', '5.0.1', '1c36e6bb0e71780c72331eba60da7f602e8d4389a8723825af71342e49d791e8'),
  pin('requests', '2.34.2', '2a0d60c172f83ac6ab31e4554906c0f3b3588d37b5cb939b1c061f4907e278e0'),
  {
    ...pin(
      'setuptools',
      '80.9.0',
      '062d34222ad13e0cc312a4c02d73f059e86a4acbfbdea8f8f76b28c99f306922',
    ),
    until: 17,
  },
  pin('six', '1.17.0', '4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274'),
  // From 2.0 on it wants a browser around a Python of WebAssembly.
  pin('urllib3', '1.26.20', '0ed14ccfbf1c30a9072c7ca157e4319b70d65f623e91e7b32fadb2853431016e'),
  pin('vobject', '0.9.9', '0fbdb982065cf4d1843a5d5950c88510041c6de026bda49c3502721de1c6ac3d'),
  pin('werkzeug', '2.2.2', 'f979ab81f58d7318e064e99c4506445d60135ac5cd2e177a2de0089bfd4c9bd5'),
  pin('xlrd', '2.0.2', 'ea762c3d29f4cca48d82df517b6d89fbce4db3107f9d78713e48cd321d5c9aa9'),
  pin('xlsxwriter', '3.2.9', '9a5db42bc5dff014806c58a20b9eae7322a134abb6fce3c92c181bfb275ec5b3'),
]

/** The wheels of a release. */
export function packagePins(major: number): readonly PackagePin[] {
  return PINS.filter(({ until = major }) => major <= until)
}

function pin(name: string, version: string, sha256?: string): PackagePin {
  return { name, version, ...(sha256 !== undefined && { sha256 }) }
}
