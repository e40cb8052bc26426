"""XML as text, and texts in HTML, for the views that write them."""

import re
from html import escape
from xml.etree import ElementTree as ET

from betatech_milestones.model.printable import printable_xml

# What XML 1.0 (2.2, Char) cannot hold, not even escaped.
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def xml(root: ET.Element, *, indented: bool = True) -> str:
    """Return a document in XML 1.0, without the characters that XML cannot hold."""
    if indented:
        ET.indent(root)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    written = _ILLEGAL.sub("", f"{declaration}\n{ET.tostring(root, encoding='unicode')}\n")
    return printable_xml(written)


def isolated(text: str) -> str:
    """Return a text in HTML of which nothing is markup, and whose direction stays its own."""
    return f"<bdi>{escape(text)}</bdi>"
