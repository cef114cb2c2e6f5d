"""What ``affetto read`` is made of: words, tables, pictures with boxes, charts."""
