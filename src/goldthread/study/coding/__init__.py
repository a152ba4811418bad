"""What people say of one review, and where two of them differ."""
