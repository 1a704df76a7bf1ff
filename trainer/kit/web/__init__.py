"""The edge: pages, errors, assets, security headers. Knows HTTP, and no feature."""
