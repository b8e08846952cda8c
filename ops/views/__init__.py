"""What each page of the operators shows and does."""
