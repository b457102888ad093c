"""What addons use of a package that Python 3.12 has removed."""
