"""Strongroom's window: a reading desk over the engine, which it reaches by messages only."""
