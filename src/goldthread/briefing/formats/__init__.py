"""Three renderers of one tree of blocks: HTML, Word and PDF."""
