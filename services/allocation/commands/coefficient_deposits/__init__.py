"""What is set before a month: deposits, their steps, and what is still to be deposited."""
