"""Who may come in: users, sessions, proxies and keys, and the gate before every route."""
