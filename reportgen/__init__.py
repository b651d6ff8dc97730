"""Committee papers from spreadsheets: every number followed back to its cell."""

__version__ = "0.1.0"
