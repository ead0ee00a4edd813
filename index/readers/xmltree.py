"""XML of documents from anywhere: no entity is expanded, nothing is fetched."""

from lxml import etree

from index.errors import UnreadableDocument


def parse_xml(data: bytes) -> etree._Element:
    """The root element. Raises UnreadableDocument when the XML is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(f"the file is damaged: {error}") from error


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
