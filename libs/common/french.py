"""The typography of French: its signs stay beside their words."""

import re

_PARTED = re.compile(r" (?=[:;!?»%€])|(?<=«) ")
_NO_BREAK = "\u00a0"


def unparted(text: str) -> str:
    """Let no line begin with a colon or another sign, nor end with an opening quote.

    Words are written with spaces, as they are typed. Other languages come out as they are.
    """
    return _PARTED.sub(_NO_BREAK, text)
