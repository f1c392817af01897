"""Polls: what is asked, who votes and how much, how ballots are counted, and the seal."""
