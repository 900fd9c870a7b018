"""Two APIs that have nothing in common with Invoice Ninja, nor with each other: documents and healthy servers."""
