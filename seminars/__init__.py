"""What happens and when: series, seminars, dates, sessions, slots, runs, speakers, resources."""
