"""What the API of uploads takes and gives."""
