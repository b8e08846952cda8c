"""How fast files are read, regular and not, and in how much memory: no database."""
