"""What `manage.py tick` does for bookings (people/chores.py)."""

from bookings.chores import afterwards, forgetting, letters, lots, offers

__all__ = ["afterwards", "forgetting", "letters", "lots", "offers"]
