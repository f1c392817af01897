"""Challenges: entrants change habits for some days, and each is compared with themselves only."""
