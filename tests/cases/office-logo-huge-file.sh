# The first bytes of a JPEG, then 300 MB of nothing.
printf '\377\330\377\340' > huge.jpg
truncate -s 300M huge.jpg
