"""The metrics that Prometheus reads at /metrics."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Histogram(
    "elocoop_http_request_seconds",
    "Time to answer a request",
    ["method", "route", "status"],
)
EVENTS_CONSUMED = Counter("elocoop_events_consumed", "Records read from the event log", ["service"])
EVENTS_PARKED = Gauge("elocoop_events_parked", "Events that wait for elocoop replay", ["service"])
DEGRADED = Gauge(
    "elocoop_degraded", "1 while a part of a service cannot do all it should", ["service", "part"]
)
LOOP_FAILURES = Gauge(
    "elocoop_loop_failures", "Failures in a row of a background loop", ["service", "loop"]
)
