/* The line of text on a sheet: outlines by HarfBuzz. */
#include <hb.h>
#include <string.h>

#include "impose/marks.h"
#include "pdf/number.h"

typedef struct {
  GString *out;
  double x, y, scale; /* of the glyph's origin; points to the font unit */
} pen;

static void put(const pen *p, float x, float y) {
  pk_pdf_put_number(p->out, p->x + p->scale * (double)x, 3);
  g_string_append_c(p->out, ' ');
  pk_pdf_put_number(p->out, p->y + p->scale * (double)y, 3);
  g_string_append_c(p->out, ' ');
}

static void move_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user) {
  (void)funcs, (void)state, (void)user;
  put(data, x, y);
  g_string_append(((pen *)data)->out, "m ");
}

static void line_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user) {
  (void)funcs, (void)state, (void)user;
  put(data, x, y);
  g_string_append(((pen *)data)->out, "l ");
}

static void curve_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2,
                     float x, float y, void *user) {
  (void)funcs, (void)state, (void)user;
  put(data, x1, y1);
  put(data, x2, y2);
  put(data, x, y);
  g_string_append(((pen *)data)->out, "c ");
}

static void close_path(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user) {
  (void)funcs, (void)state, (void)user;
  g_string_append(((pen *)data)->out, "h\n");
}

static void trace(hb_font_t *font, uint32_t glyph, hb_draw_funcs_t *funcs, pen *p) {
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph(font, glyph, funcs, p);
#else
  hb_font_get_glyph_shape(font, glyph, funcs, p);
#endif
}

void pk_marks_text(pk_job *job, const pk_face *face, const char *text, double size, double x, double y, GString *out) {
  hb_font_t *font = pk_font_worker_hb(job->worker->font, face);
  hb_buffer_t *buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text, -1, 0, -1);
  hb_buffer_guess_segment_properties(buffer);
  hb_shape(font, buffer, NULL, 0);
  hb_draw_funcs_t *funcs = hb_draw_funcs_create();
  hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
  hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
  hb_draw_funcs_set_cubic_to_func(funcs, curve_to, NULL, NULL);
  hb_draw_funcs_set_close_path_func(funcs, close_path, NULL, NULL);
  unsigned count;
  const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
  pen p = {out, x, y, size / face->upem};
  for (unsigned i = 0; i < count; i++) {
    pen at = p;
    at.x += p.scale * positions[i].x_offset;
    at.y += p.scale * positions[i].y_offset;
    trace(font, infos[i].codepoint, funcs, &at);
    p.x += p.scale * positions[i].x_advance;
  }
  g_string_append(out, "f\n");
  hb_draw_funcs_destroy(funcs);
  hb_buffer_destroy(buffer);
}
