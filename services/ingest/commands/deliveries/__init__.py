"""The way of a file: receiving, recorder, reading, spool, recording, laying, publishing."""
