"""Every query of allocation, by what it is about."""
