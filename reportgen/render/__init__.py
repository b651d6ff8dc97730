"""The render stage: a document becomes HTML, PDF and data files."""
