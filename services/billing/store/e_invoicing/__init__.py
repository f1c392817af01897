"""Queries of submissions, reports of sales and customers' addresses on platforms."""
