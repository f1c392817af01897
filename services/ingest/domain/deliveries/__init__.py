"""The states of deliveries, the inbox and the DSO's numbered series of files."""
