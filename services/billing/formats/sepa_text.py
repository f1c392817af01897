"""Texts and amounts as SEPA messages take them."""

import re
import unicodedata

# EPC217-08: the characters that every bank takes.
_REFUSED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_LIGATURES = str.maketrans({"Œ": "OE", "œ": "oe", "Æ": "AE", "æ": "ae", "ß": "ss", "’": "'"})


def sepa_text(text: str, longest: int) -> str:
    """The text without accents and without what banks refuse, cut to a length; never empty."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    kept = plain.encode("ascii", "ignore").decode()
    words = " ".join(_REFUSED.sub(" ", kept).split())
    # Neither at the beginning nor twice in a row: EPC217-08, 6.2.
    return re.sub(r"/{2,}", "/", words).strip("/")[:longest].strip() or "NOTPROVIDED"


def sepa_amount(cents: int) -> str:
    """Euro with a decimal point: 5.04."""
    return f"{cents // 100}.{cents % 100:02}"
