/* Pictures, as data of the page itself (RFC 2397). */
#include <string.h>

#include "base/file.h"
#include "html/writer.h"

enum { MAX_PICTURE_BYTES = 64 * 1024 * 1024 };

static const char *media_type(const char *bytes, size_t size) {
  if (size > 8 && memcmp(bytes, "\x89PNG", 4) == 0) return "image/png";
  if (size > 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) return "image/jpeg";
  return "image/svg+xml";
}

pk_status pk_html_image(pk_html_writer *writer, const pk_unit_block *unit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = pk_file_read(unit->image_path, MAX_PICTURE_BYTES, &error);
  if (!bytes) {
    pk_diag_add(writer->job->diag, PK_CODE_FILE_UNREADABLE, unit->source, "cannot read %s: %s", unit->image_path,
                error->message);
    return PK_FAILED;
  }
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);
  g_autofree char *encoded = g_base64_encode((const guchar *)data, size);
  g_string_append(writer->out, "<img alt=\"");
  if (unit->alternate) pk_html_escape(writer->out, unit->alternate, strlen(unit->alternate));
  g_string_append_printf(writer->out, "\" src=\"data:%s;base64,%s\">\n", media_type(data, size), encoded);
  return PK_OK;
}
