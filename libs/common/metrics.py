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
UP = Gauge("elocoop_up", "1 while what a service cannot do without answers", ["service", "part"])
OLDEST_UNSENT_S = Gauge(
    "elocoop_oldest_unsent_event_seconds",
    "Age of the event that has waited longest for the event log",
    ["service"],
)
EVENTS_BEHIND = Gauge(
    "elocoop_events_behind", "Records of the event log that a service has not consumed", ["service"]
)
WAITING = Gauge(
    "elocoop_waiting", "What waits for a person, by the kinds of /today", ["service", "kind"]
)
CONNECTIONS_LIMIT = Gauge(
    "elocoop_database_connections_limit", "Most connections of a service's pool", ["service"]
)
CONNECTIONS_IN_USE = Gauge(
    "elocoop_database_connections_in_use", "Connections taken from a service's pool", ["service"]
)
