printf 'presskit: layout/1\n' | iconv -t UTF-16LE > layout-utf16.layout.yaml
