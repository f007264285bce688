{ printf -- '---\nheadline: A visit\nlang: en\n---\n'; head -c 10000 /dev/zero | tr '\0' '>'; echo ' deep'; } > article-deep-quotes.md
