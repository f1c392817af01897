"""Whether the law allows the points of an operation to share."""
