"""Tables that people open in a spreadsheet."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are those of full width. Source: OWASP, CSV injection."""


def spreadsheet_text(text: str) -> str:
    """Turn a formula into text, so that no spreadsheet runs it: people choose their names."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
