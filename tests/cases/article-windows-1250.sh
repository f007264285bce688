printf -- '---\nheadline: Poseta \232koli\nlang: sr-Latn\n---\nPoseta je uspela.\n' > article-windows-1250.md
