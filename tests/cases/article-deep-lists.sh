{ printf -- '---\nheadline: A visit\nlang: en\n---\n'; i=0; while [ $i -lt 200 ]; do printf '%*s- item\n' $((i * 2)) ''; i=$((i + 1)); done; } > article-deep-lists.md
