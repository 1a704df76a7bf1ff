"""Error-prone items (易错清单) by business and step: shown where errors are made."""
