"""Which readings of an operation are missing, in numbers and as a picture."""
