"""Every query of billing."""
