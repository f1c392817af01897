"""The templates of this folder, set as PDF/A-3b."""

from collections.abc import Mapping
from pathlib import Path

from libs.common import typesetting

_TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE_VERSION = 3
"""Grows with any change of the templates; kept beside each stored PDF."""


def typeset(template: str, sheet: Mapping[str, object], *, xml: bytes | None = None) -> bytes:
    """As ``libs.common.typesetting``; an XML is attached to the PDF as factur-x.xml."""
    whole = {**sheet, "xml": xml.decode() if xml else None}
    return typesetting.typeset(_TEMPLATES / f"{template}.typ", whole)
