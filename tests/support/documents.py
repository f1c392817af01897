"""Code that documents show."""

import re
from pathlib import Path


def blocks(document: Path, *languages: str) -> list[str]:
    """Return the blocks between fences that name one of these languages, in order."""
    fenced = rf"```(?:{'|'.join(languages)})\n(.*?)```"
    return re.findall(fenced, document.read_text(encoding="utf-8"), re.DOTALL)
