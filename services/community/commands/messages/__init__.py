"""Commands that write, send and answer messages, notifications and news."""
