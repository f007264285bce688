# A link to nothing.
ln -s nowhere.md article-missing.md
