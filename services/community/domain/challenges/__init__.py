"""Challenges: who opted in changes habits for some days, and is compared with themselves only."""
