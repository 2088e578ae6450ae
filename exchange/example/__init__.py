"""The example content: one seminar that was held in 2016, and others invented around it, in both languages."""
