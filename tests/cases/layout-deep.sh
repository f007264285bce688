# Lists nested 5,000 deep.
{ printf 'presskit: layout/1\nextends: base.yaml\nflow: '
  head -c 5000 /dev/zero | tr '\0' '['
  head -c 5000 /dev/zero | tr '\0' ']'
  echo; } > layout-deep.layout.yaml
