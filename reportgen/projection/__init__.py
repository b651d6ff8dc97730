"""The projection: stocks and flows of children in care as numpy arrays, and what care costs.

docs/projection.md states the model. The package knows nothing of files, tables or figures.
"""
