"""Whether the points of an operation may share, by law."""
