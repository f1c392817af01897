"""Reads files in a process of its own: the recorder's side, the process, their messages."""
