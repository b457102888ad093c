"""Pillow's writer of PDF: it can be imported; saving an image as PDF raises StubUsed."""
