"""The rules of VAT and excise (accise), and the profiles of sellers."""
