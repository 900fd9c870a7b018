"""What the document says: operations, nouns and their facts, or the resources that a document without facts tells."""
