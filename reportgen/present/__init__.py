"""The present stage: figures become a paper's words, tables and charts; every number is worded here."""
