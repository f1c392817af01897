"""The commands of billing, by subject."""
