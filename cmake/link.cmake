# How the command is linked, so that it starts quickly: what every document
# needs comes from the distribution's archives, bound here and not at each
# start; what few documents need is opened at its first call (delay.cmake).
# Tests and other programs link libpresskit in the usual way, and so does all
# where the sanitizers want to see every library.

option(PRESSKIT_QUICK_START "Link the command for a quick start" ON)
get_target_property(type libpresskit TYPE)
if(NOT PRESSKIT_QUICK_START OR PRESSKIT_SANITIZE OR NOT type STREQUAL "STATIC_LIBRARY" OR CMAKE_CROSSCOMPILING
   OR NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64" OR NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
  return()
endif()

# ---- archives: one that is not there, or does not link, is no fault -----------

set(archives)
foreach(name libdeflate libfyaml libcmark-gfm-extensions libcmark-gfm)
  find_library(ARCHIVE_${name} ${name}.a PATHS ${DEPS_LIBRARY_DIRS})
  mark_as_advanced(ARCHIVE_${name})
  if(ARCHIVE_${name})
    list(APPEND archives ${ARCHIVE_${name}})
  endif()
endforeach()

# libqpdf is C++ and has its hashes from GnuTLS; src/cli/start/hashes.c takes its
# place, but for ciphers, which presskit has no use for.
find_library(ARCHIVE_libqpdf libqpdf.a PATHS ${DEPS_LIBRARY_DIRS})
find_library(ARCHIVE_libjpeg libjpeg.a PATHS ${DEPS_LIBRARY_DIRS})
find_library(LIBRARY_gnutls NAMES gnutls libgnutls.so.30)
execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=libstdc++.a
  OUTPUT_VARIABLE stdcxx OUTPUT_STRIP_TRAILING_WHITESPACE)
mark_as_advanced(ARCHIVE_libqpdf ARCHIVE_libjpeg LIBRARY_gnutls)
if(ARCHIVE_libqpdf AND ARCHIVE_libjpeg AND LIBRARY_gnutls AND EXISTS "${stdcxx}")
  include(CheckCSourceCompiles)
  set(CMAKE_REQUIRED_LIBRARIES ${ARCHIVE_libqpdf} ${stdcxx} ${ARCHIVE_libjpeg} ${LIBRARY_gnutls} z m)
  set(CMAKE_REQUIRED_LINK_OPTIONS -static-libgcc)
  check_c_source_compiles("const char *qpdf_get_qpdf_version(void); void *qpdf_init(void);
    int main(void) { return !qpdf_get_qpdf_version() || !qpdf_init(); }" PRESSKIT_LINKS_QPDF_ARCHIVE)
  unset(CMAKE_REQUIRED_LIBRARIES)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  if(PRESSKIT_LINKS_QPDF_ARCHIVE)
    list(APPEND archives ${ARCHIVE_libqpdf} ${stdcxx} ${ARCHIVE_libjpeg} z)
  endif()
endif()

# ---- delayed libraries ---------------------------------------------------------

set(delayed)
foreach(name cairo pangoft2-1.0 pango-1.0 fontconfig json-glib-1.0 lcms2 zip gmodule-2.0 gobject-2.0)
  find_library(LIBRARY_${name} ${name} PATHS ${DEPS_LIBRARY_DIRS})
  mark_as_advanced(LIBRARY_${name})
  list(APPEND delayed ${LIBRARY_${name}})
endforeach()
if(PRESSKIT_LINKS_QPDF_ARCHIVE)
  list(APPEND delayed ${LIBRARY_gnutls})
endif()

enable_language(ASM)
set(callers $<TARGET_FILE:libpresskit>)
if(PRESSKIT_LINKS_QPDF_ARCHIVE)
  list(APPEND callers ${ARCHIVE_libqpdf})
endif()
add_custom_command(OUTPUT delayed.S
  COMMAND ${CMAKE_COMMAND} -DNM=${CMAKE_NM} -DREADELF=${CMAKE_READELF} "-DOBJECTS=${callers}"
          "-DLIBRARIES=${delayed}" "-DEXCEPT=gnutls_hash_init;gnutls_hash;gnutls_hash_deinit" -DOUTPUT=delayed.S -P ${PROJECT_SOURCE_DIR}/cmake/delay.cmake
  DEPENDS libpresskit cmake/delay.cmake VERBATIM COMMENT "Writing the stubs of delayed libraries")
target_sources(presskit PRIVATE delayed.S src/cli/start/delayed.c)
if(PRESSKIT_LINKS_QPDF_ARCHIVE)
  target_sources(presskit PRIVATE src/cli/start/hashes.c)
endif()
target_link_libraries(presskit PRIVATE ${archives} ${CMAKE_DL_LIBS})
target_link_options(presskit PRIVATE -static-libgcc -Wl,--gc-sections,--exclude-libs,ALL)
