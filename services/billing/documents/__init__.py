"""Documents made of frozen contents: Factur-X XML, PDF pages. Pure: no I/O but its own files."""
