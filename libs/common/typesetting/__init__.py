"""Sets the content of a page as PDF/A-3b, by typst with the fonts of this folder alone."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from libs.common.french import unparted


def typeset(template: Path, sheet: Mapping[str, object], *, xml: str | None = None) -> bytes:
    """Set a sheet by a template, which may import others of its folder.

    xml: what the template finds as ``sys.inputs.xml``, to attach it as it is.
    The same arguments give the same bytes: nothing depends on a clock or on this machine. Takes
    some milliseconds without the interpreter's lock, so threads help.
    """
    # One pass over all texts; between them, this JSON has no space.
    texts = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))
    inputs = {"sheet": unparted(texts) if sheet.get("language") == "fr" else texts}
    return typst.compile(
        template,
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        # Foreign texts come as data: nothing in them is ever read as markup.
        sys_inputs=inputs if xml is None else {**inputs, "xml": xml},
        pdf_standards=["a-3b"],
        timestamp=datetime(2000, 1, 1, tzinfo=UTC),  # templates date documents themselves
    )


@cache
def _fonts() -> typst.Fonts:
    folder = Path(__file__).parent / "fonts"
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
