printf -- '\377\376'  > article-utf16.md
printf -- '---\nheadline: A visit\n---\n' | iconv -t UTF-16LE >> article-utf16.md
