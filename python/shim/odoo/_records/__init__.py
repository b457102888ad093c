"""Recordsets over the host's record operations."""
