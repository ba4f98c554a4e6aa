"""The questions put to a case, one file each; analyzers.catalog lists them in order."""
