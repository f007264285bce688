mkdir fonts
ln -s /etc/hostname fonts/own.ttf
