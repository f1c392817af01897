"""Questions to the DSO's APIs: when to ask them, and their answers."""
