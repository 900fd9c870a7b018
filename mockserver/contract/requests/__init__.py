"""What operations are called with: ids that exist, examples, cases built from the document, values at the edges."""
