"""Publishing counts without pointing at a person: small cells, what gives them away, and what singles a case out."""
