"""What things are about: themes, tags, and following."""
