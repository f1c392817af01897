"""Texts that people write in bodies: one line, or several."""

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

_BREAKS = ("Zl", "Zp")  # U+2028, U+2029


def _without_unseen(text: object) -> object:
    """Normalise a line to what is visible: invisible characters would make names look alike.

    Characters that turn letters round or have no width are dropped, not refused: who copies a name
    with a soft hyphen would not see what is wrong with it, and older texts would no longer be
    accepted.
    """
    if not isinstance(text, str) or text.isascii():
        return text
    spaced = "".join(
        " " if unicodedata.category(character) in _BREAKS else character for character in text
    )
    return "".join(character for character in spaced if unicodedata.category(character) != "Cf")


# No control characters: PostgreSQL refuses NUL, and XML invoices refuse the others.
RawLineField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
"""A line given by somebody else, such as a contract number: it is kept to the letter."""
AS_SEEN = BeforeValidator(_without_unseen)
"""Comes last: narrower length limits apply to what remains."""
LineField = Annotated[RawLineField, AS_SEEN]
ReasonField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
"""The reason for an action, or a note on it: one line."""
LinesField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]+$"
    ),
    Field(description="lines separated by \\n"),
]
