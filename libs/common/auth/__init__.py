"""Callers, and the tokens that prove their identity."""
