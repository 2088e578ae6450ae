"""Draws whose time has come."""
