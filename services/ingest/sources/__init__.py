"""The DSO's APIs: how a question is sent, and what comes back. The only room that knows httpx."""
