"""Pulling from the DSO: what is asked, when, how fast, and what its answers mean."""

from services.ingest.domain.pulls.questions import PullState, Question, Resource, Source

__all__ = ["PullState", "Question", "Resource", "Source"]
