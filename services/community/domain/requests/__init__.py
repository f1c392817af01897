"""Requests for help to set up an operation, and their way to one."""
