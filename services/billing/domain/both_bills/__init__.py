"""Both bills: a member's bills from the supplier and the operation, against one without it."""
