"""Who comes: pools, bookings, the queue, workshops, needs, messages, the day, and what came of it."""
