"""How good the reviews are as sources of learning."""
