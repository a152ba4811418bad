"""Briefings: their kinds, a study's own words in them, and the files they become."""
