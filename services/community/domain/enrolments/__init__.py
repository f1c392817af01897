"""How a point comes into an operation and leaves it, step by step."""
