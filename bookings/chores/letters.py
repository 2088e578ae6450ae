"""Letters that are due, reminders, letters that came back."""
