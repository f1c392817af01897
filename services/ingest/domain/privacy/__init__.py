"""Limits on showing curves, and the time for which they are kept."""
