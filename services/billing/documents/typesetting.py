"""From what a page shows to PDF/A-3b, set by typst with the fonts of this folder alone."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

_FOLDER = Path(__file__).parent
_TEMPLATES = _FOLDER / "templates"
TEMPLATE_VERSION = 2
"""Grows with any change of what pages look like; kept beside each stored PDF."""


def typeset(template: str, sheet: Mapping[str, object], *, xml: bytes | None = None) -> bytes:
    """Set a sheet by a template; an XML is attached to the PDF as factur-x.xml.

    The same arguments give the same bytes: nothing comes from a clock or from this machine.
    Takes some milliseconds without the interpreter's lock, so threads do.
    """
    data = json.dumps({**sheet, "xml": xml.decode() if xml else None}, ensure_ascii=False)
    return typst.compile(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        # Texts of others come as data: nothing in them is ever read as markup.
        sys_inputs={"sheet": data},
        pdf_standards=["a-3b"],
        timestamp=datetime(2000, 1, 1, tzinfo=UTC),  # templates date documents themselves
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[_FOLDER / "fonts"])
