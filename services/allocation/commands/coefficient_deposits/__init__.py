"""Coefficients set before a month: deposits, their steps, and the months without one."""
