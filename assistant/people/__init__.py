"""What is kept of the people who use an archive: conversations, feedback, users, API keys, logins."""
