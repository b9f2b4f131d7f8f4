"""One connection to an editor: how messages come and go, and what is done about each.

The protocol's records are made here, before anything else imports them, without the text by which Python would print
them: it would hold words of a note, and compiling what writes it for 554 records takes an eighth of a start.
"""

import functools

import attrs

_define, attrs.define = attrs.define, functools.partial(attrs.define, repr=False)
try:
    import lsprotocol.types  # noqa: F401  # all who use them later get these
finally:
    attrs.define = _define
