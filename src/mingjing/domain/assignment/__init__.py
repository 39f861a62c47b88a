"""The draw of a case: a pool fixed before the seed exists, a seed nobody owns, an exact weighted choice."""
