"""Crossdock moves a company's data between business systems and proves that it arrived."""

__version__ = "0.1.0"
