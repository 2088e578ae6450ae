"""What was learnt: write-ups, lessons, their workflow and their reading."""
