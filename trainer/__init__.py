"""Service-window training and knowledge for Housing Provident Fund centres."""
