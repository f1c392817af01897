"""The possible indexes of a counter, in any flow."""

MAX_INDEX_WH = 10**12  # counters have six to nine digits of kWh


def index_fault(value: str) -> str | None:
    """Return why this is no index in Wh, or None."""
    if not (value.isascii() and value.isdigit()):
        return "the index is not a whole number of Wh, or negative"
    # Checked by its length first: Python refuses to read numbers of thousands of digits.
    is_possible = len(value) <= len(str(MAX_INDEX_WH)) and int(value) < MAX_INDEX_WH
    return None if is_possible else "the index is above what a counter can show"
