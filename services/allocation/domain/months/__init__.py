"""Months of points and plants: what they took or gave, by whom, when, and the CO₂ avoided."""
