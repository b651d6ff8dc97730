"""Groups of commands: parse, call, print, as in cli.py, which takes them in."""
