"""The way of a file, in this order.

- ``receiving``, ``inbox``: a file comes, is kept, and becomes a delivery that waits.
- ``recorder``: takes the next delivery, and counts the attempts.
- ``reading``: has its file read, by ``reader/`` in a process of its own.
- ``spool``: holds what was read, by local day.
- ``recording``: records it by kind: ``recorded_readings``, and those of ``facts`` and ``results``;
  ``kept_out`` keeps the records that are refused.
- ``laying``: judges readings and merges them over what is stored; ``arrivals`` ends the estimates
  and re-requests that are needless now.
- ``publishing``: publishes what changed to the operations of the points.

``sequences`` lists the files that never came.
"""
