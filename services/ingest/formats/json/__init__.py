"""Formats that are JSON, and how JSON is read: as a document, and its points."""
