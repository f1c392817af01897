"""Documents of the co-operative, set as PDF. Pure: no I/O but its own files."""
