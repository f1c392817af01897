"""Sets the content of a page as PDF/A-3b, by typst with the fonts of this folder alone."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from libs.common.french import unparted


def typeset(template: Path, sheet: Mapping[str, object], *, xml: str | None = None) -> bytes:
    """Set a sheet by a template, which may import others of its folder.

    xml: what the template finds as ``sheet.xml``, to attach it as it is.
    The same arguments give the same bytes: nothing depends on a clock or on this machine. Takes
    some milliseconds without the interpreter's lock, so threads help.
    """
    texts = _unparted_texts(sheet) if sheet.get("language") == "fr" else sheet
    return typst.compile(
        template,
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        # Foreign texts come as data: nothing in them is ever read as markup.
        sys_inputs={"sheet": json.dumps({**texts, "xml": xml}, ensure_ascii=False)},
        pdf_standards=["a-3b"],
        timestamp=datetime(2000, 1, 1, tzinfo=UTC),  # templates date documents themselves
    )


def _unparted_texts(sheet: Mapping[str, object]) -> dict[str, object]:
    return {name: _unparted(content) for name, content in sheet.items()}


def _unparted(content: object) -> object:
    if isinstance(content, str):
        return unparted(content)
    if isinstance(content, Mapping):
        return _unparted_texts(content)
    if isinstance(content, Sequence):
        return [_unparted(entry) for entry in content]
    return content


@cache
def _fonts() -> typst.Fonts:
    folder = Path(__file__).parent / "fonts"
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
