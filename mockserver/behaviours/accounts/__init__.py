"""Who signs in, and where: users, tokens, companies, passwords, second factors."""
