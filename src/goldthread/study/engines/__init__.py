"""What machines propose, a language model among them, and how often they were right."""
