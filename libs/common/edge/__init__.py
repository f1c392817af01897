"""The code that routes of all services share, and the routes that several services have.

Routes share callers, sessions, settings, days, months of many operations, pages, and the cost of a
request. Several services have routes to list looks at data, to read the audit log, to see parked
events and have them tried again, and to list what waits for staff today.
"""
