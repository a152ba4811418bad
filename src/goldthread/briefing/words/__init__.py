"""Prose as data, with live figures in it."""
