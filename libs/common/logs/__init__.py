"""What the platform notes: lines of what it does, who changed what, who looked at whose data."""
