"""The settings of validation rules, and what the rules found."""
