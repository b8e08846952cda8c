"""Users, companies, memberships and roles; sign-in and tokens."""
