"""What people do with spaces: one function, one deed; each takes its moment as `at`."""
