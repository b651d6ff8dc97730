"""One cell: what officers type into it, and the value or problem that it is."""
