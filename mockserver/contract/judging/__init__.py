"""Is an answer right? Held against the document, by two judges, and against the shape of errors."""
