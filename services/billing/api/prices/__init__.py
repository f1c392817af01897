"""Routes for price lists and the prices of a day."""
