"""Estimations and the policies that allow them."""
