printf '%%PDF-1.4\n%%\342\343\317\323\n1 0 obj\n\000\377\n' > article-binary.md
