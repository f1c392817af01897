"""Texts and amounts in the form of SEPA messages."""

import re
import unicodedata

# EPC217-08: the characters that every bank accepts.
_REFUSED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_LIGATURES = str.maketrans({"Œ": "OE", "œ": "oe", "Æ": "AE", "æ": "ae", "ß": "ss", "’": "'"})


def sepa_text(text: str, longest: int) -> str:
    """The text without accents and characters that banks refuse, cut to a length; never empty."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    ascii_text = plain.encode("ascii", "ignore").decode()
    words = " ".join(_REFUSED.sub(" ", ascii_text).split())
    # No slash at the beginning, nor two in a row: EPC217-08, 6.2.
    return re.sub(r"/{2,}", "/", words).strip("/")[:longest].strip() or "NOTPROVIDED"


def sepa_amount(cents: int) -> str:
    """The amount in euro with a decimal point: 5.04."""
    return f"{cents // 100}.{cents % 100:02}"
