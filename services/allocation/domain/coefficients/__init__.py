"""The files that give the network operator the coefficients of a period.

docs/use/coefficients.md has the rules, their sources, and which of them we assume.
"""
