"""Writers of load curves."""
