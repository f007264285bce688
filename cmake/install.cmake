# What `cmake --install` puts where. The program finds its data from where it
# lies itself: PREFIX/bin/presskit looks in PREFIX/share/presskit.

set(data ${CMAKE_INSTALL_DATADIR}/presskit)

install(TARGETS presskit libpresskit
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/presskit DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY layouts/ DESTINATION ${data}/layouts)
install(DIRECTORY content/starters/ DESTINATION ${data}/content/starters)
install(DIRECTORY fonts/ DESTINATION ${data}/fonts FILES_MATCHING
  PATTERN "*.ttf" PATTERN "*.otf" PATTERN "manifest.yaml" PATTERN "*LICEN*" PATTERN "*OFL*"
  PATTERN "node_modules" EXCLUDE)
install(FILES src/cli/presskit.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES src/cli/completion/presskit.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME presskit)

# A program that links the static library needs what we link.
set(packages glib-2.0 gobject-2.0 gmodule-2.0 fontconfig freetype2 pango pangoft2 harfbuzz harfbuzz-subset cairo cairo-ft
  libqpdf libdeflate zlib libzip libfyaml lcms2 libjpeg libpng json-glib-1.0 libcmark-gfm)
list(JOIN packages " " PRESSKIT_PRIVATE)
file(RELATIVE_PATH PRESSKIT_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/presskit.pc.in presskit.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/presskit.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
