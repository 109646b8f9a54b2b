"""The measures, charts, practice items and forms that the notebooks of the book use."""
