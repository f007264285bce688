printf -- '---\nheadline: A visit\nlang: en\n---\nThe visit went well \320' > article-truncated-letter.md
