"""Requests for help to set up an operation, sign-ups to join one, and its public view."""
