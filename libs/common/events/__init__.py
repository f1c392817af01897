"""The contracts between services: what each one publishes on the event log."""
