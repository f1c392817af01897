"""The rules of submissions to platforms, and of the reports of sales to households."""
