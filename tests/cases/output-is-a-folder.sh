mkdir output-is-a-folder.d
