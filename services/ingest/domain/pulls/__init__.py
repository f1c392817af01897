"""Pulling from the DSO: what is asked, when, how fast, and what its answers mean."""

from services.ingest.domain.pulls.questions import PullSource, PullState, Question, Resource

__all__ = ["PullSource", "PullState", "Question", "Resource"]
