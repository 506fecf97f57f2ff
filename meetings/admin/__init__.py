"""The admin of meetings, agreements and documents, each in the module of its name."""

from . import agenda, agreements, documents, meetings

__all__ = ["agenda", "agreements", "documents", "meetings"]
