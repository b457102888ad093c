"""Stands where lxml's own ``lxml.html`` is not installed."""

raise ImportError(
    "lxml.html is part of lxml, whose Python files are not installed here. Install the package lxml "
    "(a release for any interpreter will do) into a folder of the Python packages path.",
    name="lxml.html",
)
