"""Bills on paper: PDF, XML, previews and samples."""
