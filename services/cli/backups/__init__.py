"""The copy of a whole platform in one file: what it has, how it is made and put back."""
