"""The actions of allocation: keep copies, place keys, allocate days, settle months."""
