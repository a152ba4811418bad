"""What people decide about reviews, in which order they look at them, and when they may stop."""
