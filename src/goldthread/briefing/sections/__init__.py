"""What the sections of a briefing say, each built from records by the builder of its name."""
