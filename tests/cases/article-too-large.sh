{ printf -- '---\nheadline: A visit\nlang: en\n---\n'; } > article-too-large.md
truncate -s 70M article-too-large.md
