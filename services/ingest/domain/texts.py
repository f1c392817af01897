"""Texts from outside, in a form that can be kept."""

_LINE_CHARS = 300


def one_line(text: str) -> str:
    """The first line, of at most 300 characters."""
    return storable(next(iter(text.splitlines()), ""))[:_LINE_CHARS]


def storable(text: str) -> str:
    """Without NUL and halves of surrogate pairs, which PostgreSQL cannot keep."""
    return text.encode(errors="replace").decode().replace("\x00", "")
