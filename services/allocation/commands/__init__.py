"""What allocation does: keeps copies, places keys, allocates days, settles months."""
