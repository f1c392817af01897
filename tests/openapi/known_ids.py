"""What hooks.py is told by the test that runs schemathesis, which itself need not import that."""

KNOWN_IDS = "ELOCOOP_KNOWN_IDS"
"""The environment variable that has the ids, as JSON: values by the names of parameters."""
