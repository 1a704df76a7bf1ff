"""Technical toolkit; knows no feature."""
