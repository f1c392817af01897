"""Facts besides readings: record them, publish departures, compare them with curves."""
