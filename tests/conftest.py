"""What every test gets: the settings' own services, never others."""
