"""Commands about places and legal bases."""
