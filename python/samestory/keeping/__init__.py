"""Results that outlive a session: kept in files, and continued."""
