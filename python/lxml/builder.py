"""Stands where lxml's own ``lxml.builder`` is not installed."""

raise ImportError(
    "lxml.builder is part of lxml, whose Python files are not installed here. Install the package "
    "lxml (a release for any interpreter will do) into a folder of the Python packages path.",
    name="lxml.builder",
)
