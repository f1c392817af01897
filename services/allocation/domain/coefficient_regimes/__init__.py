"""When coefficients are set: after a month or before it, by operation and month."""
