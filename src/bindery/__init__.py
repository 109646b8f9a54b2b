"""What makes a book out of the notebooks: Sphinx extension, checks, benchmark."""
