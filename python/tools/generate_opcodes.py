"""Prints the byte codes that harmless code compiles to, for ``moultg/native/opcodes.py``.

Odoo's ``safe_eval`` allows byte codes by name. This compiles samples of what it is meant to allow, from
literals over expressions to statements, on the Python that runs it, and prints the names in the form of the
data file. Run it with each new Python release, review what is new, and bring it into the file:

    python3.14 python/tools/generate_opcodes.py
"""

import dis
import sys
import textwrap
import types
import warnings

LITERALS = ["1", "'a'", "(1, 'a')", "[1, 2, 3, 4]", "{'a': 1}", "{1, 2, 3}", "{'a': [1, (2,)]}",
            "[None, True, False, ...]", "-1", "300", "{'a': 1, 'b': 2, 'c': {}}"]

EXPRESSIONS = ["not 1", "+1", "~1", "1 if 2 else 3", "1 < 2 < 3", "1 in (1, 2)", "1 is not None",
               "1 and 2 or 3", "[1, 2][0]", "[1, 2][0:1]", "[1, 2][::2]", "[*[1], 2]", "{**{}, 'a': 1}",
               "1 + 2 * 3 // 4 % 5 - 6 / 7", "2 ** 3 << 1 >> 1 & 1 | 1 ^ 1", "(1, *(2,))"]

STATEMENTS = ["f(x)", "f(x, y=1)", "f(*a)", "f(*a, **k)", "a.b", "a.b.c(x)", "a.b(x, y=1)", "a[b]",
              "a[b] = c", "a, b = c", "a, *b = c", "a = b = c", "a += 1", "a[b] += 1", "del a",
              "[x for x in a]", "[x for x in a if x]", "{x: y for x, y in a}", "{x for x in a}",
              "list(x for x in a)", "[x + z for x in a for z in x]", "sum(x.b for x in a if not x.c)",
              "lambda x: x + y", "lambda x, y=1, *z, **k: (x, y, z, k)", "f'{a}{b!r:>10}{c:{d}}'",
              "'%s' % a", "a or b", "a and not b", "a if b else c", "a is None", "a is not None",
              "if a:\n  b = 1\nelif c:\n  b = 2\nelse:\n  b = 3",
              "for x in a:\n  if x: continue\n  if b: break\nelse:\n  c = 1",
              "while a:\n  a = a - 1", "for i, x in enumerate(a):\n  b = i",
              "try:\n  a = 1\nexcept ValueError as e:\n  b = e\nelse:\n  c = 1\nfinally:\n  d = 1",
              "try:\n  a = 1\nexcept (A, B):\n  raise\nexcept Exception:\n  pass", "raise A('b')",
              "assert a, b",
              "def f(x, y=1, *a, **k):\n  z = x\n  if z is None: return\n  return lambda: z + y",
              "def f(x):\n  for y in x:\n    yield y", "def f(x):\n  a = b = x\n  del a\n  return b",
              "def f(a, b, c):\n  x = a + b; y = b + c; x, y = y, x\n  return [i for i in (x, y)]",
              "def f(x):\n  while True:\n    x = x + 1\n    if x > 10: return x",
              "def f(x):\n  try:\n    return x.y\n  except KeyError:\n    return {'a': x, **x}",
              "a = {**b, 'c': d}", "a[1:2]", "a[1:2] = b", "a[b:c:d]", "x = y[-1]",
              "any(f.a == 1 for f in x.mapped('b'))", "a = yield_ = 1", "x = (a := b)",
              "def f(x):\n  def g(): return x\n  x = 1\n  return g", "'a' 'b'.join(str(x) for x in a)",
              "def f(x):\n  if x: y = 1\n  return y", "a = b if c is not None else d", "a[b:c]",
              "a[b:c] = d", "if a is None:\n  b = 1", "-a + ~b", "print(a, sep=b, *c)",
              "for a, b in c:\n  try:\n    continue\n  except A:\n    break\n  finally:\n    d = 1",
              # Python 3.11 jumps back by codes of their own.
              "[x for x in a if x is None]", "[x for x in a if x is not None]",
              "while a is None:\n  a = b()", "while a is not None:\n  a = a.b",
              "while not a or b and c:\n  a = c.pop()", "x = [a, b, *c]", "x = {a, b, *c}", "f(*a, b, c=d)",
              "x = a, b, c, d", "a = 1 if not b else (c, d)", "x = {a: b, c: d}", "a = [None] * b",
              "x = y = [[z for z in w if z] for w in a if any(w)]", "a = b" + " + b" * 300]

#: What QWeb allows in templates, in a list of its own: expressions on names. No f-strings: it had none before
#: it knew their byte codes.
TEMPLATES = ["f(x)", "f(x, y=1)", "f(*a)", "f(*a, **k)", "a.b", "a.b.c(x)", "a.b(x, y=1)", "a[b]", "a[1:2]",
             "a[b:c:d]", "x[-1]", "'%s' % a", "-a + ~b", "a or b", "a and not b", "a if b else c",
             "a is None", "a is not None", "b if a is None else c", "b if a is not None else c", "a in b",
             "a < b < c", "(a, *b)", "[a, *b]", "{'a': a, **b}",
             "lambda x: x + y", "lambda x, y=1: (x, y)", "lambda x: [y for y in x if y is not None]",
             "[x for x in a]", "[x for x in a if x]", "[x for x in a if not x]", "[x for x in a if x is None]",
             "[x for x in a if x is not None]", "{x: y for x, y in a}", "{x for x in a}", "list(x for x in a)",
             "[x + z for x in a for z in x]", "any(x.b == 1 for x in a if x.c or y)", "[a if x else b for x in c]",
             "{'a': 1, 'b': 2, 'c': {}}.get(a, 300)", "[(x, y, z) for x, (y, z) in a]",
             "sum(x.b for x in a if not x.c and x.d is not None)", "a" + " + a" * 300]

#: Never allowed, whatever compiles to it; safe_eval's own list, and what changes attributes.
REFUSED = {"IMPORT_STAR", "IMPORT_NAME", "IMPORT_FROM", "STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL",
           "DELETE_GLOBAL"}


def names(source, mode):
    """Names of the byte codes of a source text, functions inside of it included."""
    queue = [compile(source, "<sample>", mode)]
    if mode == "exec":
        # Variables of functions have byte codes of their own.
        body = "".join("  %s\n" % line for line in source.splitlines())
        for parameters in ("", "a, b, c, d", "x, y, z, w, A, B, e, i, k"):
            queue.append(compile("def sample(%s):\n%s" % (parameters, body), "<sample>", mode))
    found = set()
    while queue:
        code = queue.pop()
        found.update(instruction.opname for instruction in dis.get_instructions(code))
        queue.extend(value for value in code.co_consts if isinstance(value, types.CodeType))
    return found - REFUSED


def main():
    """Prints the entry of this Python."""
    warnings.simplefilter("ignore", SyntaxWarning)
    const = set().union(*(names(text, "eval") for text in LITERALS))
    expression = set().union(*(names(text, "eval") for text in EXPRESSIONS)) - const
    statement = set().union(*(names(text, "exec") for text in STATEMENTS)) - const - expression
    template = set().union(*(names(text, "eval") for text in TEMPLATES)) - const - expression
    print("    (%d, %d): {" % sys.version_info[:2])
    kinds = (("const", const), ("expression", expression), ("statement", statement), ("template", template))
    for kind, found in kinds:
        text = textwrap.fill(" ".join(sorted(found)), 88, break_long_words=False)
        print('        "%s": """' % kind)
        print(textwrap.indent(text, " " * 12))
        print('        """,')
    print("    },")


if __name__ == "__main__":
    main()
