"""The contracts between services: the events that each one publishes on the event log."""
