"""Texts that people write in bodies: one line, or several."""

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

_BREAKS = ("Zl", "Zp")  # U+2028, U+2029


def _without_unseen(text: object) -> object:
    """A line as it is seen: what turns letters round or has no width would make names look alike.

    It is left out, and not refused: who copies a name with a soft hyphen would not see what is
    wrong with it, and a text of before would not be answered any more.
    """
    if not isinstance(text, str) or text.isascii():
        return text
    spaced = "".join(" " if unicodedata.category(one) in _BREAKS else one for one in text)
    return "".join(one for one in spaced if unicodedata.category(one) != "Cf")


# No control characters: PostgreSQL refuses NUL, and XML invoices refuse the others.
RawLineField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
"""A line that somebody else has given, a number of a contract: it is kept to the letter."""
AS_SEEN = BeforeValidator(_without_unseen)
"""Comes last: lengths that are narrower than a line's are of what is left."""
LineField = Annotated[RawLineField, AS_SEEN]
ReasonField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
"""Why something was done, or a note on it: one line."""
LinesField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]+$"
    ),
    Field(description="lines separated by \\n"),
]
