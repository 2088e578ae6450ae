"""What writers and reviewers fill in; each group of a write-up's fields is a form and a page."""
