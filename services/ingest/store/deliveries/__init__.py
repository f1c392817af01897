"""Deliveries, the inbox folder and the DSO's numbered series of files."""
