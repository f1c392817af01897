"""Bodies of the routes for sellers, VAT and excise."""
