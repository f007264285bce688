/* Shapes the slug line. One line, one face, no features: HarfBuzz alone does. */
#include "pdf/slug.h"

#include <hb.h>
#include <string.h>

enum { MOST_NAME = 60 }; /* characters */

static const pk_length size = 6.5;

static const char *text_of(pk_pdf_file *file, size_t number, size_t count) {
  GString *text = g_string_new(NULL);
  const char *name = file->options->name ? file->options->name : "";
  for (int i = 0; i < MOST_NAME && *name; i++, name = g_utf8_next_char(name))
    g_string_append_unichar(text, g_utf8_get_char(name));
  if (file->options->timestamp > 0) {
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(file->options->timestamp);
    g_autofree char *day = date ? g_date_time_format(date, "%Y-%m-%d") : NULL;
    if (day) g_string_append_printf(text, "   %s", day);
  }
  if (file->printer->name) g_string_append_printf(text, "   %s", file->printer->name);
  g_string_append_printf(text, "   %zu / %zu", number, count);
  const char *kept = pk_arena_strdup(file->job->arena, text->str);
  g_string_free(text, TRUE);
  return kept;
}

static void shape(pk_arena *arena, const pk_face *face, pk_draw *draw) {
  hb_buffer_t *buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, draw->glyphs.text, -1, 0, -1);
  hb_buffer_guess_segment_properties(buffer);
  hb_font_t *font = hb_font_create(face->hb);
  int upem = (int)hb_face_get_upem(face->hb);
  hb_font_set_scale(font, upem, upem);
  hb_shape(font, buffer, NULL, 0);
  unsigned count;
  const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
  pk_glyph *glyphs = PK_NEW_ARRAY(arena, pk_glyph, count);
  double unit = size / upem;
  for (unsigned i = 0; i < count; i++) {
    if (infos[i].codepoint == 0) continue;
    glyphs[draw->glyphs.glyph_count++] =
        (pk_glyph){infos[i].codepoint, infos[i].cluster, (float)(draw->glyphs.width + positions[i].x_offset * unit),
                   (float)(positions[i].y_offset * unit)};
    draw->glyphs.width += positions[i].x_advance * unit;
  }
  draw->glyphs.glyphs = glyphs;
  hb_font_destroy(font);
  hb_buffer_destroy(buffer);
}

pk_draw *pk_pdf_slug_line(pk_pdf_file *file, const pk_face *face, size_t number, size_t count) {
  pk_draw *draw = PK_NEW(file->job->arena, pk_draw);
  draw->kind = PK_DRAW_GLYPHS;
  draw->tint = 1;
  draw->glyphs.face = face;
  draw->glyphs.size = size;
  draw->glyphs.scale_x = 1;
  draw->glyphs.lang = file->list->lang;
  draw->glyphs.text = text_of(file, number, count);
  draw->glyphs.end = (uint32_t)strlen(draw->glyphs.text);
  shape(file->job->arena, face, draw);
  return draw;
}
