"""What the release's own code makes of a database, case by case, to be compared between interpreters."""
