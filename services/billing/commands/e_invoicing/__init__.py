"""Commands that submit documents to platforms and report sales."""
