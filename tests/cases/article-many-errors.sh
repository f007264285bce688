{ printf -- '---\nheadline: A visit\nlang: en\n---\n'; i=0; while [ $i -lt 30 ]; do printf '![One](none-%s.jpg)\n\n' $i; i=$((i + 1)); done; } > article-many-errors.md
