mkfifo article-is-a-pipe.md
