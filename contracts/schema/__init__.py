"""Answers and the document: status, media type, headers, body; requests built from the document itself."""
