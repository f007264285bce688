{ printf -- '---\nheadline: A visit\nlang: en\nhedline: '; head -c 3000000 /dev/zero | tr '\0' 'x'; printf '\n---\nText.\n'; } > article-long-line.md
