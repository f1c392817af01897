"""Requests for help to set an operation up, and how they come to one."""
