"""A page of paper, as whoever keeps documents scans or prints one."""

from pathlib import Path

from libs.common.typesetting import typeset

_TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf_of(*lines: str) -> bytes:
    """One page with these lines, the first of them its title."""
    return typeset(_TEMPLATE, {"lines": lines})
