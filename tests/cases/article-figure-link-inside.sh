mkdir pictures
ln -s ../_logo.svg pictures/link.svg
