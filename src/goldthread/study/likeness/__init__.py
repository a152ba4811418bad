"""Passages that say much the same, found by meaning."""
