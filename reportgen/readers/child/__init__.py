"""What runs in the child process: bytes of a file → sheets and faults.

Nothing here imports the rest of the project: the child starts from this folder alone, so that it starts fast
and holds nothing but the file that it reads. Imports within the folder are relative for the same reason.
"""
