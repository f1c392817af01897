"""The missing readings of a month."""
