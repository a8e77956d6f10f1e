"""Builds the static site: pins, fetched files, archives, prerendered pages, checks."""
