"""Texts from outside, in a form that can be stored."""

_LINE_CHARS = 300


def one_line(text: str) -> str:
    """Return the first line, cut to 300 characters."""
    return storable(next(iter(text.splitlines()), ""))[:_LINE_CHARS]


def storable(text: str) -> str:
    """Replace NUL and halves of surrogate pairs, which PostgreSQL cannot store."""
    return text.encode(errors="replace").decode().replace("\x00", "")
