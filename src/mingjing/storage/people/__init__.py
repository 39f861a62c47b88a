"""Courts, departments, people and the posts they hold, each with its dates."""
