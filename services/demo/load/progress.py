"""Reports of progress."""

from collections.abc import Callable

ReportProgress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""
