"""Generates ``lxml/_html_tables.py`` by asking a real lxml how it reads and writes each name.

Usage: ``python3 generate_html_tables.py > ../lxml/_html_tables.py`` with a Python that has lxml 4.9
(libxml2 2.9). Nothing is copied from it: every entry is what a small document showed.
"""

import html.entities
import json

from lxml import etree

ELEMENTS = """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound
big blink blockquote body br button canvas caption center cite code col colgroup command data datalist
dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen
label legend li link listing main map mark marquee menu menuitem meta meter multicol nav nextid nobr
noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb
rp rt rtc ruby s samp script section select slot small source spacer span strike strong style sub
summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video
wbr xmp math""".split()

ATTRIBUTES = """abbr accept action align alink allowfullscreen alt archive async autofocus autoplay axis
background bgcolor border cellpadding cellspacing char charoff charset checked cite class classid clear
code codebase codetype color cols colspan compact content controls coords data datetime declare default
defer dir disabled enctype face for form formaction frame frameborder hidden headers height href
hreflang hspace http-equiv id inert ismap itemscope label lang language link longdesc loop marginheight
marginwidth maxlength media method multiple muted name nohref noresize noshade novalidate nowrap object
onclick open poster profile prompt readonly rel required rev reversed rows rowspan rules sandbox scheme
scope scrolling seamless selected shape size span src srcset standby start style summary tabindex target
text title translate type typemustmatch usemap valign value valuetype version vlink vspace width
xmlns""".split()

PARSER = etree.HTMLParser(recover=True)
# No pair, no priority and no other rule is known of this name.
NEUTRAL = "zz"
OUTER = ("html", "head")
IN_HEAD = ("title", "link", "style")


def read(text):
    return etree.fromstring(text, PARSER)


def holders(root, text):
    """The elements around a text, the innermost first."""
    for node in root.iter(etree.Element):
        around = None
        if text in (node.text or ""):
            around = node
        elif text in (node.tail or ""):
            around = node.getparent()
        if around is not None:
            return [around, *around.iterancestors()]
    return []


def holder_tags(root, text):
    """The tags of the elements around a text."""
    return [node.tag for node in holders(root, text)]


def markup(name, content=None):
    node = etree.Element(name)
    if content is not None:
        node.text = content
    return etree.tostring(node, method="html", encoding="unicode")


def is_void(name):
    root = read("<html><body><div><%s>@</div></body></html>" % name)
    around = holder_tags(root, "@")
    never_ends = markup(name, "@").startswith("<%s>" % name) and markup(name) == "<%s>" % name
    return bool(around) and name not in around and never_ends


def closed_by(old, new):
    """Whether the start tag of ``new`` closes an open ``old``."""
    if old == "head":
        # Text would close it, too: only the place of the new element tells.
        opened = read("<html><head><%s>@" % new).find(".//" + new)
        if opened is None or new in OUTER:
            return False
        return next(opened.iterancestors("head"), None) is None
    before = "<html><head>" if old in IN_HEAD else "<html><body>"
    root = read("%s<%s><%s>@" % (before, old, new))
    opened = root.find(".//" + old)
    around = holders(root, "@")
    return bool(around) and opened is not None and not any(opened is node for node in around)


def blocks(outer, inner):
    """Whether an open ``inner`` keeps the end tag of ``outer`` from closing it."""
    before = "<html><body><%s><%s><%s>" % (outer, NEUTRAL, inner)
    return inner in holder_tags(read("%s</%s>@" % (before, outer)), "@")


def end_priorities(names):
    """Ranks: an end tag closes over what has its own rank or a lower one."""
    usable = [name for name in names if name not in ("html", "head", "body", "script", "style")]
    raised = [name for name in usable if not is_void(name) and blocks("tt", name) and name != "tt"]
    ranks = {}
    for name in raised:
        ranks[name] = 1 + sum(1 for other in raised if blocks(other, name))
    top = max(ranks.values()) + 1
    ranks.update({"head": top, "body": top, "html": top + 1})
    return ranks


def keeps_blanks(name):
    parser = etree.HTMLParser(remove_blank_text=True)
    node = etree.fromstring("<html><body><%s> <b>x</b></%s>" % (name, name), parser).find(".//" + name)
    return node is not None and node.text == " "


def is_block(name):
    outer = etree.Element("div")
    etree.SubElement(outer, name)
    etree.SubElement(outer, name)
    text = etree.tostring(outer, method="html", pretty_print=True, encoding="unicode")
    return text.count("\n<%s" % name) == 2


def is_boolean(name):
    return "=" not in etree.tostring(etree.Element("input", {name: "x"}), method="html", encoding="unicode")


def is_url(element, name):
    node = etree.Element(element, {name: "a b"})
    return "%20" in etree.tostring(node, method="html", encoding="unicode")


def url_characters():
    kept = ""
    for character in map(chr, range(33, 127)):
        node = etree.Element("a", href="x" + character + "x")
        text = etree.tostring(node, method="html", encoding="unicode")
        if "%" not in text.replace("x%x", "xx"):
            kept += character
    return kept


def entities():
    found = {}
    for name in html.entities.html5:
        if not name.endswith(";"):
            continue
        text = read("<p>&%s</p>" % name).findtext(".//p")
        if text and text != "&" + name:
            found[name[:-1]] = text
    return found


def show(name, comment, value):
    print("\n#: %s" % comment)
    print("%s = %s" % (name, value))


def wrapped(values, opening, closing):
    lines, line = [opening], "   "
    for value in values:
        if len(line) + len(value) > 96:
            lines.append(line)
            line = "   "
        line += " %s," % value
    lines += [line, closing]
    return "\n".join(lines)


def names_set(values):
    return wrapped(["'%s'" % value for value in sorted(values)], "frozenset((", "))").replace("'", '"')


def main():
    print('"""What libxml2 2.9 knows of HTML. Generated by tools/generate_html_tables.py; do not edit."""')
    known = ELEMENTS
    void = [name for name in known if is_void(name)]
    olds = [name for name in known if name not in void and name not in ("html", "body")]
    pairs = sorted((old, new) for old in olds for new in known if closed_by(old, new))
    show("VOID", "Elements without content.", names_set(void))
    show(
        "CLOSED_BY_START",
        "Pairs: an open element, and a start tag that closes it.",
        wrapped(['("%s", "%s")' % pair for pair in pairs], "frozenset((", "))"),
    )
    ranks = sorted(end_priorities(known).items(), key=lambda item: (item[1], item[0]))
    show(
        "END_PRIORITIES",
        "An end tag closes no open element of a higher number; other names have 0.",
        wrapped(['"%s": %d' % item for item in ranks], "{", "}"),
    )
    show(
        "NO_END_WHEN_EMPTY",
        "Elements written without an end tag when they are empty.",
        names_set(name for name in known if name not in void and markup(name) == "<%s>" % name),
    )
    show(
        "BLOCKS",
        "Elements that pretty printing puts on lines of their own.",
        names_set(name for name in known if is_block(name)),
    )
    show(
        "KEPT_BLANKS",
        "Elements in which blank text means something.",
        names_set(name for name in known if name not in void and keeps_blanks(name)),
    )
    show(
        "BOOLEAN_ATTRIBUTES",
        "Attributes written without their value.",
        names_set(name for name in ATTRIBUTES if is_boolean(name)),
    )
    urls = [name for name in ATTRIBUTES if is_url("img", name)]
    show("URL_ATTRIBUTES", "Attributes whose value is escaped as a URL.", names_set(urls))
    more = [(e, a) for e in known for a in ATTRIBUTES if a not in urls and is_url(e, a)]
    show(
        "URL_ATTRIBUTES_OF",
        "The same, of some elements only.",
        wrapped(['("%s", "%s")' % pair for pair in more], "frozenset((", "))"),
    )
    show("URL_CHARACTERS", "Characters that URLs keep.", json.dumps(url_characters()))
    show(
        "ENTITIES",
        "Entities by name.",
        wrapped(['"%s": %s' % (k, json.dumps(v)) for k, v in sorted(entities().items())], "{", "}"),
    )


if __name__ == "__main__":
    main()
