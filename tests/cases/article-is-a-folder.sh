mkdir article-is-a-folder.md
