"""Sharing keys: their versions, coefficients, previews and polls, and the operations' policies."""
