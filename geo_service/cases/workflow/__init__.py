"""What caseworkers do, and what follows by itself."""
