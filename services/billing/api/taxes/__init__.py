"""Routes for sellers, the VAT and the excise (accise) that they charge."""
