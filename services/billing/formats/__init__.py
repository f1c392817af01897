"""Files that accountants, banks and the tax office read or write; pure functions of their bytes."""
