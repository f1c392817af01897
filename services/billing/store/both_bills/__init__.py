"""Queries of suppliers' offers."""
