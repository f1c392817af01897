"""Documents made of frozen contents: Factur-X XML and PDF pages. Pure: I/O on own files only."""
