"""The platform's notes: its log lines, changes with their authors, looks at people's data."""
