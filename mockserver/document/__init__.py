"""The document layer: YAML sources in, one checked OpenAPI 3.0.3 document out."""
