"""Corrections: credit notes, on request or because a settlement was revised."""
