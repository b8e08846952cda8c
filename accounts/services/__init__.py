"""Every change to people, companies and members. Each opens its own transaction."""
