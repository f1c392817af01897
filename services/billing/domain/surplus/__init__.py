"""The rules of what plants sell: their contracts, statements and yearly reports."""
