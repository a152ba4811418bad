"""Amending a protocol while a study goes on: each change is a value, and the protocol's files are left alone."""
