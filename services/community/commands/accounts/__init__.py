"""Commands about accounts and log-ins."""
