"""What may be shown of curves, and how long they are kept."""
