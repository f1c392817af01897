"""Pulling from the DSO: what to ask, when, how fast, and what the answers mean."""

from services.ingest.domain.pulls.questions import PullSource, PullState, Question, Resource

__all__ = ["PullSource", "PullState", "Question", "Resource"]
