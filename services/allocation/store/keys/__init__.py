"""Sharing keys: their versions, timelines, and those in force on a day."""
