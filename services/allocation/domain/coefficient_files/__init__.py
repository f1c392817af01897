"""The files in which the network operator is told the coefficients of a period.

The rules and their sources, and what of them is our assumption: docs/coefficients.md.
"""
