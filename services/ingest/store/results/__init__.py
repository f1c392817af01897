"""The DSO's own results and perimeters, and what was published of them."""
