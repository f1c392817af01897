"""Tables that people open in a spreadsheet."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are those of full width. Source: OWASP, CSV injection."""


def spreadsheet_text(text: str) -> str:
    """What a spreadsheet would run as a formula is shown as text: people choose their names."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
