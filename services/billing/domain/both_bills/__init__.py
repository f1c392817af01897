"""The rules by which a member's bills are estimated: suppliers' offers, TURPE, local worth."""
