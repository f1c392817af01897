"""The rules of double entry: accounts, entries, write-offs and the close of years."""
