"""Crossdock moves a company's data from one business system to another and proves that it arrived."""

__version__ = "0.1.0"
