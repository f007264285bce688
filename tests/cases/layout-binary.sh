printf 'presskit: layout/1\n\000\001\002\n' > layout-binary.layout.yaml
