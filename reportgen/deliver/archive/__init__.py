"""An archive of finished bundles: a register of entries in a chain, and files kept by the hash of their content."""
