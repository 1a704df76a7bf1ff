"""Values and rules of articles; pure.

Terms:
    article: a document whose text is front matter and Markdown.
    face: a section with a fixed id that has its place on the answer card.
    clause: a section of a policy whose heading begins with its number.
"""
