"""Whether the words are a name, or stand in a heading."""

from fsm_language.context import Context

LINKING_CAPITALS = frozenset("of the and for in to on".split())
# what the last word of a formal name is likely to be
NAMED = frozenset(
    "order plan policy act team service services board panel programme project unit assessment agreement scheme trust "
    "court meeting conference review report form centre academy school protocol strategy partnership guide guidance "
    "code charter handbook course group hub house lane street road cafe theatre".split()
)
TITLES = frozenset("mr mrs ms miss mx dr prof st".split())


def formal_name(context: Context) -> bool:
    """The words are part of a name in capitals: "Challenging Behaviour Policy", "Placement Order"."""
    if context.sentence_text.isupper():
        return False
    first, last = _run_of_capitals(context)
    capitals = [at for at in range(first, last + 1) if _capital(context, at)]
    if not any(context.match.start <= at < context.match.end for at in capitals):
        return False
    # the capital that every sentence begins with says nothing by itself
    return len(capitals) >= 2 and (
        context.keys[last] in NAMED or len(capitals) - (first == 0) >= 2 or context.match.end - context.match.start > 2
    )


def _run_of_capitals(context: Context) -> tuple[int, int]:
    """Return the first and last word of the run of capital words around the match, small linking words among them."""
    first, last = context.match.start, context.match.end - 1
    while first and context.words[first].joined:
        if not (_capital(context, first - 1) or (context.keys[first - 1] in LINKING_CAPITALS and first - 1)):
            break
        first -= 1
    while _capital_next(context, last) or (
        last + 2 < len(context.words)
        and context.keys[last + 1] in LINKING_CAPITALS
        and _capital_next(context, last + 1)
    ):
        last += 1
    while first < context.match.start and not _capital(context, first):
        first += 1
    return first, last


def _capital(context: Context, at: int) -> bool:
    return context.document.text[context.words[at].start].isupper()


def _capital_next(context: Context, at: int) -> bool:
    return at + 1 < len(context.words) and context.words[at + 1].joined and _capital(context, at + 1)


def person_name(context: Context) -> bool:
    """The words are somebody's or some place's name: "Mr Crook", "Dirty Lane"."""
    first = context.match.start
    if context.sentence_text.isupper() or not _capital(context, first):
        return False
    if first == 0:
        return _capital_next(context, context.match.end - 1) and not context.text.isupper()
    return context.keys[first - 1] in TITLES or context.written(first).istitle()


def heading(context: Context) -> bool:
    """The words stand in a heading, a form label or a signature."""
    return context.block.kind == "heading"
