"""What people, offices and the rule do with applications."""
