"""The rules of log-ins, passwords, one-time codes and invitations."""
