{ printf -- '---\nheadline: A visit\nlang: en\n---\n'; i=0; while [ $i -lt 2000 ]; do printf '*a **a '; i=$((i + 1)); done; echo; } > article-deep-stars.md
