"""Commands about consents, erasure and the end of what is too old."""
