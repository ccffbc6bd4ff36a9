"""What people see and do, in Chromium, on a real server."""
