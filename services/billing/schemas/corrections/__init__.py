"""Bodies of the routes for credit notes and corrections."""
