"""A page of paper, as it would be scanned or printed for the documents."""

from pathlib import Path

from libs.common.typesetting import typeset

_TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf_of(*lines: str) -> bytes:
    """Return one page with these lines, the first of them its title."""
    return typeset(_TEMPLATE, {"lines": lines})
