"""Changes of a study's protocol, and what each would do before it is made."""
