"""The DSO's APIs: how a question is sent, and what comes back. Only this folder uses httpx."""
