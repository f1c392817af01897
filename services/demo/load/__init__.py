"""Loads the demonstration co-op as its people would: through the public HTTP APIs only.

Each module is named after what it loads. ``month`` is the main job, from the DSO's files to
invoices; ``year`` is all of it.
"""

from services.demo.load.month import load_and_close
from services.demo.load.months import ClosedMonth
from services.demo.load.people import CASES, GivePassword, LogIns, People
from services.demo.load.progress import ReportProgress
from services.demo.load.year import Surroundings, load_year

__all__ = [
    "CASES",
    "ClosedMonth",
    "GivePassword",
    "LogIns",
    "People",
    "ReportProgress",
    "Surroundings",
    "load_and_close",
    "load_year",
]
