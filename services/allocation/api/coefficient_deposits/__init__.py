"""Routes for coefficients that are set before their month."""
