"""Two servers that take the same steps: drawn, compared, and shortened to where they part."""
