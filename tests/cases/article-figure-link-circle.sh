ln -s link.jpg link.jpg
