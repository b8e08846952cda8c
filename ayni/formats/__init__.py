"""How numbers and dates look where Django's own idea differs from ours."""
