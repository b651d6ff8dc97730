"""Mutated inputs: `make fuzz` looks for what isn't answered with located problems."""
