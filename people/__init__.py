"""Who takes part: organisations, members, memberships, access and audit."""
