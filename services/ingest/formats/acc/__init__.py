"""Formats of the DSO's own results: answers of the ACC API, and the monthly CSV in its layouts."""
