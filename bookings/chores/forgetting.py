"""What is kept no longer."""
