"""Commands about sellers, and how they are taxed."""
