{ printf -- '---\nheadline: A visit\nlang: en\n---\n'; head -c 50000 /dev/zero | tr '\0' '['; echo; } > article-deep-brackets.md
