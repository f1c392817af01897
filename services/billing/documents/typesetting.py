"""The templates of this folder, typeset as PDF/A-3b."""

from collections.abc import Mapping
from pathlib import Path

from libs.common import typesetting

_TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE_VERSION = 5
"""Incremented with any change of the templates; kept with each stored PDF."""


def typeset(template: str, sheet: Mapping[str, object], *, xml: bytes | None = None) -> bytes:
    """Typeset a sheet with ``libs.common.typesetting``; xml is attached as factur-x.xml."""
    text = xml.decode() if xml else None
    return typesetting.typeset(_TEMPLATES / f"{template}.typ", sheet, xml=text)
