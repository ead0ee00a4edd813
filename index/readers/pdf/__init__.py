"""PDF: what PDFium sees on a page put in reading order, without running heads, as headings, prose, lists, tables."""
