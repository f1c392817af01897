"""Commands about the supplier's offers that members enter."""
