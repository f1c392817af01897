"""The DSO's own results of an operation: curves, monthly energies, its perimeter."""
