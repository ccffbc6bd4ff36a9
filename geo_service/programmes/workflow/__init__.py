"""What is done with programmes: set them up (`setting_up`), and count what is left (`balance`)."""
