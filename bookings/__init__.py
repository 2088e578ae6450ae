"""Who comes: pools, bookings, the queue, workshops, letters, the day, and what came of it.

Where things are:

- a booking's life: `taking` (from a form), `beginning`, `changing`, `moving`, `correcting`, `details`; what organisers do to
  a date reaches it by `reacting`, and is foretold by `foreseeing`
- seats: `seats` counts, `waiting` keeps the queue, `capacity` raises and lowers, `working_time` gives time to answer
- workshops: `places` (wishes, places, queues), `allocation` (the draw, pure), `drawing`, `lots`
- letters: `outbox` writes rows, `sending` sends them, `letters/` words them, `calendar_entries`, `bounces`, `mail_failures`
- the day: `arriving`, `doors`, `stewards`, `asking`, `pdf`
- afterwards: `feedback`, `opinions`, `filing`, `following_up`, `certificates`, `impact`
- organisers look: `figures`, `bodies`, `overview`, `missing`, `history`, `exporting`, `arranging`, `rules_told`
- everybody looks: `availability` (a date's places), `standing` (one's own booking), `mine` (a member's)
- what is forgotten: `retention`, `leaving`; secret links: `tokens`
"""
