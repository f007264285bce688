mkdir pictures
ln -s /etc/hostname pictures/link.jpg
