"""Forecasts of a coming month from its operation's past: docs/use/forecasts.md."""
