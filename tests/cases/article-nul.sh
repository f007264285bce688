{ printf -- '---\nheadline: A visit\nlang: en\n---\nThe visit '; printf '\000'; printf ' went well.\n'; } > article-nul.md
