"""Writers of facts that agree with the curves."""
