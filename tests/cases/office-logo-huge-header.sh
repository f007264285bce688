# A PNG of a few bytes whose header promises 100,000 x 100,000 pixels.
printf '\211PNG\r\n\032\n\000\000\000\015IHDR\000\001\206\240\000\001\206\240\010\002\000\000\000' > huge.png
printf '\000\000\000\000\000\000\000\000IDAT' >> huge.png
