"""Commands that credit and correct issued documents."""
