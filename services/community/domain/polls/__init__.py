"""Polls: the question, the voters and their weights, the count of the ballots, and the seal."""
