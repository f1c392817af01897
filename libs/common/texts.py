"""Texts that people write in bodies: one line, or several."""

from typing import Annotated

from pydantic import Field, StringConstraints

# No control characters: PostgreSQL refuses NUL, and XML invoices refuse the others.
LineField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
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
