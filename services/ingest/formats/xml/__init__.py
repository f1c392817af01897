"""Formats that are XML, and how XML is read: as a stream, or faster by cutting records out."""
