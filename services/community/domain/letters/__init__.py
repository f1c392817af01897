"""The words of messages, in French and in English, by subject."""
