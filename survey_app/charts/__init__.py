"""Charts of the pages: where their lines, marks and labels stand. The templates draw them as SVG."""
