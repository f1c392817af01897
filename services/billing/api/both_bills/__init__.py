"""Routes for the two bills of a member, the supplier's offers and the regulated ones."""
