"""Pictures of computed tables."""
