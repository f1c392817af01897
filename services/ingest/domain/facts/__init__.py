"""Facts besides readings: indexes, invoiced quantities, events of contracts."""
