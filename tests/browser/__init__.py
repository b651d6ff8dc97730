"""The pages for the screen in a real browser."""
