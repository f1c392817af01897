"""The moment at which coefficients are set, before or after a month, by operation and month."""
