"""Bodies of allocation's routes. Energy is in watt-minutes, days are local days of Europe/Paris."""
