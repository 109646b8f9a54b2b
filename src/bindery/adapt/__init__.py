"""Editions: the book with chapters, names, data, texts and forms of one's own, and later corrections of the original."""

from bindery.adapt.project import adapt
from bindery.adapt.settings import SettingsError

__all__ = ["SettingsError", "adapt"]
