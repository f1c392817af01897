"""The page (HTML) of a letter: the same words as its text, of which mail programs show either."""

import re
from html import escape

from services.community.domain.messages.messages import Letter

_FACT = re.compile(r"(?P<label>[^:.?!]{2,60}:)[\u00a0 ](?P<value>\S.*)")
_LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")
_SHEET = (
    "margin:0 auto;max-width:36em;padding:1.5em;color:#1b2a2f;"
    "font:16px/1.5 system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
)
_LABEL, _ANCHOR = "color:#5d6f73", "color:#0b6e5f"


def write_page(letter: Letter) -> str:
    """Return a page without pictures or scripts; it fetches nothing, and texts are never markup."""
    paragraphs = "\n".join(
        f"<p>{'<br>'.join(map(_line, paragraph.splitlines()))}</p>"
        for paragraph in re.split(r"\n{2,}", letter.body.strip())
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{letter.language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(letter.subject)}</title></head>\n"
        f'<body style="{_SHEET}">\n{paragraphs}\n</body>\n</html>\n'
    )


def _line(line: str) -> str:
    """Set ``label: value`` so that the value stands out."""
    match = _FACT.fullmatch(line)
    if not match:
        return _linked(line)
    label = f'<span style="{_LABEL}">{escape(match["label"])}</span>'
    return f"{label} <strong>{_linked(match['value'])}</strong>"


def _linked(text: str) -> str:
    parts, end = [], 0
    for match in _LINK.finditer(text):
        url = escape(match.group())
        parts += [escape(text[end : match.start()]), f'<a href="{url}" style="{_ANCHOR}">{url}</a>']
        end = match.end()
    return "".join([*parts, escape(text[end:])])
