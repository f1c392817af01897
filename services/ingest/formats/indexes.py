"""What an index of a counter may be, in whatever flow."""

MAX_INDEX_WH = 10**12  # a counter has six to nine digits of kWh


def index_fault(value: str) -> str | None:
    """Why this is no index in Wh, or None."""
    if not (value.isascii() and value.isdigit()):
        return "the index is not a whole number of Wh, or negative"
    # By its length first: Python refuses to read numbers of thousands of digits.
    is_possible = len(value) <= len(str(MAX_INDEX_WH)) and int(value) < MAX_INDEX_WH
    return None if is_possible else "the index is above what a counter can show"
