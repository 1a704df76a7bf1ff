"""Append-only ledger of what people were seen to do."""
