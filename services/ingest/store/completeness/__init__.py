"""Which days of points have come, month by month."""
