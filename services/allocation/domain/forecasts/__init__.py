"""What a coming month will be like, as its operation's past tells it: docs/use/forecasts.md."""
