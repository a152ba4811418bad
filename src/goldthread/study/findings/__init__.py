"""What the evidence comes to, for and against, and the plans it is set beside."""
