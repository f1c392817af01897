"""What all services share.

To import them makes a million objects that stay; a request about an operation makes and drops tens
of thousands. Looking for cycles among them after every 700, as is CPython's default, took a quarter
of the one and a third of the other.
"""

import gc

gc.set_threshold(20_000, 20, 20)
