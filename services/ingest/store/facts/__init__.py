"""Facts besides readings, and the points that left their operations."""
