"""Text restricted to what the fonts show."""

import re
import unicodedata

# The coverage of the templates' fonts, whole blocks only; a test sets every character. PDF/A
# forbids a character without a glyph, so such a file is refused.
_COVERED = (
    range(0x0020, 0x007F),  # Basic Latin
    range(0x00A0, 0x0180),  # Latin-1 Supplement, Latin Extended-A
    range(0x0391, 0x03A2),  # Greek capitals
    range(0x03A3, 0x03CF),  # and the rest
    range(0x0400, 0x0460),  # Cyrillic
    range(0x1E80, 0x1E86),  # Welsh
    range(0x1EA0, 0x1EFA),  # Vietnamese
    range(0x2013, 0x2015),  # dashes
    range(0x2018, 0x201F),  # quotation marks
    (0x0218, 0x0219, 0x021A, 0x021B, 0x2022, 0x2026, 0x202F, 0x20AC, 0x2122, 0x2192, 0x2212),
    (0x2264, 0x2265),
)
_SHOWN = frozenset(code for block in _COVERED for code in block)
_UNKNOWN = "?"
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # but those that keep words together


def printable(text: str) -> str:
    """Return the text as the fonts can show it: other letters lose accents, or become ``?``."""
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    shown = "".join(
        character if ord(character) in _SHOWN else _nearest(character) for character in composed
    )
    return _SPACES.sub(" ", shown).strip()


def _nearest(character: str) -> str:
    if unicodedata.category(character)[0] in ("M", "C"):  # marks, and characters without a shape
        return ""
    plain = unicodedata.normalize("NFKD", character)
    return "".join(letter for letter in plain if ord(letter) in _SHOWN) or _UNKNOWN
