"""The rules of members, points, operations and organisers."""
