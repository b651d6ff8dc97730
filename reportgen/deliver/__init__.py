"""What becomes of a built paper: on disk as a bundle, later to an archive and by e-mail."""
