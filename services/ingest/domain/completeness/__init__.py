"""The missing readings of an operation, in numbers and as a picture."""
