"""XML as text, and texts in HTML, for the views that write them."""

import re
from html import escape
from xml.etree import ElementTree as ET

from betatech_milestones.model.printable import printable_xml

# What XML 1.0 (2.2, Char) cannot hold, not even escaped.
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def xml(root: ET.Element) -> str:
    """Return a document in XML 1.0, without the characters that XML cannot hold."""
    ET.indent(root)
    return xml_of(ET.tostring(root, encoding="unicode"))


def xml_of(root: str) -> str:
    """Return the same of an element that is written already."""
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return printable_xml(_ILLEGAL.sub("", f"{declaration}\n{root}\n"))


def isolated(text: str) -> str:
    """Return a text in HTML of which nothing is markup, and whose direction stays its own."""
    return f"<bdi>{escape(text)}</bdi>"
