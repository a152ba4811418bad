"""How material comes into a study: files, registers, new editions, and what people coded elsewhere."""
