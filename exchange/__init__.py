"""The composition root: settings, addresses, the home page. Nothing imports it."""
