ln -s nowhere.md article-missing.md
