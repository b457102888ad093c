/** Elements that have no end and no content; libxml2's `htmlElemDesc.empty`. */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base basefont br col embed frame hr img input isindex link meta param'.split(' '),
)

/** Elements whose text is no markup. */
export const RAW_ELEMENTS: ReadonlySet<string> = new Set(['script', 'style'])

/** Attributes that are written without a value, and whose value is their name where html gives none. */
export const BOOLEAN_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'checked compact declare defer disabled ismap multiple nohref noresize noshade nowrap ' +
    'readonly selected'
  ).split(' '),
)

/** Elements that end an open paragraph (html 4: what a `p` cannot hold). */
export const ENDS_PARAGRAPH: ReadonlySet<string> = new Set(
  (
    'address blockquote body caption center col colgroup dd dir div dl dt fieldset form frameset ' +
    'h1 h2 h3 h4 h5 h6 head hr li listing menu multicol ol p pre table tbody td tfoot th thead ' +
    'title tr ul xmp'
  ).split(' '),
)

const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 ' +
  'sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc ' +
  'Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve ' +
  'Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute ' +
  'acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ' +
  'ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
const GREEK =
  'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau ' +
  'Upsilon Phi Chi Psi Omega - - - - - - - alpha beta gamma delta epsilon zeta eta theta iota kappa ' +
  'lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega'
const OTHERS =
  'quot"amp&lt<gt>apos\'OEligŒoeligœScaronŠscaronšYumlŸfnofƒcircˆtilde˜thetasymϑupsihϒpivϖndash–mdash—' +
  'lsquo‘rsquo’sbquo‚ldquo“rdquo”bdquo„dagger†Dagger‡bull•hellip…permil‰prime′Prime″lsaquo‹rsaquo›' +
  'oline‾frasl⁄euro€imageℑweierp℘realℜtrade™alefsymℵlarr←uarr↑rarr→darr↓harr↔crarr↵lArr⇐uArr⇑rArr⇒' +
  'dArr⇓hArr⇔forall∀part∂exist∃empty∅nabla∇isin∈notin∉ni∋prod∏sum∑minus−lowast∗radic√prop∝infin∞' +
  'ang∠and∧or∨cap∩cup∪int∫there4∴sim∼cong≅asymp≈ne≠equiv≡le≤ge≥sub⊂sup⊃nsub⊄sube⊆supe⊇oplus⊕' +
  'otimes⊗perp⊥sdot⋅lceil⌈rceil⌉lfloor⌊rfloor⌋loz◊spades♠clubs♣hearts♥diams♦'

/** Named characters of html 4. */
export const ENTITIES: ReadonlyMap<string, string> = new Map([
  ...LATIN.split(' ').map((name, n) => [name, String.fromCharCode(160 + n)] as const),
  ...GREEK.split(' ').map((name, n) => [name, String.fromCharCode(913 + n)] as const),
  ...[...OTHERS.matchAll(/([A-Za-z]+4?)(\W)/gu)].map(
    ([, name = '', character = '']) => [name, character] as const,
  ),
  ...(['ensp 8194', 'emsp 8195', 'thinsp 8201', 'zwnj 8204', 'zwj 8205'] as const).map(numbered),
  ...(['lrm 8206', 'rlm 8207', 'lang 9001', 'rang 9002'] as const).map(numbered),
])

function numbered(entry: string): readonly [string, string] {
  const [name = '', code = ''] = entry.split(' ')
  return [name, String.fromCharCode(Number(code))]
}
