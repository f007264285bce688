mkdir office-logo-is-folder.d
