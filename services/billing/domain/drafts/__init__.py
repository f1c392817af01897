"""The rules of drafts and runs: what is due, what blocks it, which energy is billed already."""
