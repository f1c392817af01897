"""The commands of billing."""
