"""The days of points that have come, month by month."""
