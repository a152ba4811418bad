"""Goldthread: from published reviews of death and serious harm to learning that can be traced to the page."""
