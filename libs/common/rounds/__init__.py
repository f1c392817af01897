"""Background work: loops that rest, are rung and are restarted."""
