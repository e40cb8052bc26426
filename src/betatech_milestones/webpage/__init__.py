"""What a programme looks like in a browser."""

from betatech_milestones.webpage.timeline import TIMELINE_STYLE, timeline

__all__ = ["TIMELINE_STYLE", "timeline"]
