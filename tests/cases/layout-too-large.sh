{ printf 'presskit: layout/1\n#'; head -c 5000000 /dev/zero | tr '\0' 'x'; echo; } > layout-too-large.layout.yaml
