"""What is done with shifts: plan them, and note who came."""
