"""A stateful mock of a REST API, driven by one OpenAPI document."""

__version__ = "0.1.0"
