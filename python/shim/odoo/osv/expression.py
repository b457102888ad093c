"""Building domains."""

from odoo._guest.missing import missing_attribute

__path__ = []  # lets "from odoo.osv.expression import x" say who has x

NOT_OPERATOR, OR_OPERATOR, AND_OPERATOR = "!", "|", "&"
DOMAIN_OPERATORS = (NOT_OPERATOR, OR_OPERATOR, AND_OPERATOR)
TERM_OPERATORS = (
    "=", "!=", "<=", "<", ">", ">=", "=?", "=like", "=ilike", "like", "not like", "ilike", "not ilike",
    "in", "not in", "child_of", "parent_of", "any", "not any",
)  # fmt: skip
NEGATIVE_TERM_OPERATORS = ("!=", "not like", "not ilike", "not in")
TERM_OPERATORS_NEGATION = {
    "<": ">=", ">": "<=", "<=": ">", ">=": "<", "=": "!=", "!=": "=", "in": "not in", "not in": "in",
    "like": "not like", "ilike": "not ilike", "not like": "like", "not ilike": "ilike",
    "any": "not any", "not any": "any",
}  # fmt: skip
TRUE_LEAF, FALSE_LEAF = (1, "=", 1), (0, "=", 1)
TRUE_DOMAIN, FALSE_DOMAIN = [TRUE_LEAF], [FALSE_LEAF]


def __getattr__(name):
    raise missing_attribute(__name__, name)


def normalize_domain(domain):
    """The domain with every `&` written out."""
    if not isinstance(domain, (list, tuple)):
        raise AssertionError("Domains to normalize must have a 'domain' form: a list or tuple of domain components")
    if not domain:
        return [TRUE_LEAF]
    result, expected = [], 1
    for token in domain:
        if expected == 0:
            result[0:0] = [AND_OPERATOR]
            expected = 1
        if isinstance(token, (list, tuple)):
            expected -= 1
            token = tuple(token)
        else:
            expected += {NOT_OPERATOR: 0, AND_OPERATOR: 1, OR_OPERATOR: 1}.get(token, 0)
        result.append(token)
    if expected:
        raise ValueError("Domain %s is syntactically not correct." % (domain,))
    return result


def is_false(model, domain):
    """Whether no record can satisfy the domain, as far as its constant leaves tell."""
    stack = []
    for token in reversed(normalize_domain(domain)):
        if token == AND_OPERATOR:
            stack.append(min(stack.pop(), stack.pop()))
        elif token == OR_OPERATOR:
            stack.append(max(stack.pop(), stack.pop()))
        elif token == NOT_OPERATOR:
            stack.append(-stack.pop())
        elif token == TRUE_LEAF:
            stack.append(1)
        elif token == FALSE_LEAF or (token[1] == "in" and not token[2] and isinstance(token[2], (list, tuple))):
            stack.append(-1)
        else:
            stack.append(0)
    return stack.pop() == -1


def _combine(operator, unit, zero, domains):
    result, count = [], 0
    if list(domains) == [unit]:
        return unit
    for domain in domains:
        if domain == unit:
            continue
        if domain == zero:
            return zero
        if domain:
            result += normalize_domain(domain)
            count += 1
    return [operator] * (count - 1) + (result or unit)


def AND(domains):  # noqa: N802
    """A domain that all of the domains allow."""
    return _combine(AND_OPERATOR, TRUE_DOMAIN, FALSE_DOMAIN, list(domains))


def OR(domains):  # noqa: N802
    """A domain that any of the domains allows."""
    return _combine(OR_OPERATOR, FALSE_DOMAIN, TRUE_DOMAIN, list(domains))


def distribute_not(domain):
    """The domain with every `!` pushed into its leaves, where their operator has an opposite."""
    result, stack = [], [False]
    for token in domain:
        negate = stack.pop()
        if is_leaf(token):
            if not negate:
                result.append(token)
            elif token in (TRUE_LEAF, FALSE_LEAF):
                result.append(FALSE_LEAF if token == TRUE_LEAF else TRUE_LEAF)
            elif token[1] in TERM_OPERATORS_NEGATION:
                result.append((token[0], TERM_OPERATORS_NEGATION[token[1]], token[2]))
            else:
                result += [NOT_OPERATOR, token]
        elif token == NOT_OPERATOR:
            stack.append(not negate)
        else:
            opposite = OR_OPERATOR if token == AND_OPERATOR else AND_OPERATOR
            result.append(opposite if negate else token)
            stack += [negate, negate]
    return result


def is_operator(element):
    return isinstance(element, str) and element in DOMAIN_OPERATORS


def is_leaf(element, internal=False):
    """Whether it is a (field, operator, value)."""
    return (
        isinstance(element, (tuple, list))
        and len(element) == 3
        and element[1] in TERM_OPERATORS + ("<>", "inselect", "not inselect")
        and (isinstance(element[0], str) and bool(element[0]) or tuple(element) in (TRUE_LEAF, FALSE_LEAF))
    )


def normalize_leaf(element):
    """The leaf as a tuple with its operator in lower case, lists compared with `in`."""
    if not is_leaf(element):
        return element
    left, operator, right = element
    operator = {"<>": "!="}.get(operator.lower(), operator.lower())
    if isinstance(right, bool) and operator in ("in", "not in"):
        operator = "=" if operator == "in" else "!="
    if isinstance(right, (list, tuple)) and operator in ("=", "!="):
        operator = "in" if operator == "=" else "not in"
    return left, operator, right
