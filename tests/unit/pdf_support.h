/* Display lists made by hand for the tests of pdf/: text shaped by HarfBuzz with
 * a face of the project, set word by word into lines of a given width. */
#ifndef PDF_SUPPORT_H
#define PDF_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <hb-ot.h>
#include <math.h>
#include <string.h>

#include "pdf/pdf.h"

#define FONT_SERIF TEST_SOURCE_DIR "/fonts/SourceSerif4-Regular.ttf"
#define FONT_ITALIC TEST_SOURCE_DIR "/fonts/SourceSerif4-It.ttf"
#define FONT_SANS TEST_SOURCE_DIR "/fonts/SourceSans3-Bold.ttf"

typedef struct {
  pk_job job;
  GArray *draws; /* of pk_draw, of the current page */
  GArray *pages; /* of pk_list_page */
  GArray *tags;  /* of pk_tag: artifact, document, paragraph, links */
  pk_list list;
  const size_t *chosen; /* pages to write; NULL: all */
  size_t chosen_count;
} fixture;

static void free_face(gpointer face) {
  hb_face_destroy(face);
}

static inline pk_face *face_new(pk_arena *arena, const char *path) {
  hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
  assert_non_null(blob);
  pk_face *face = PK_NEW(arena, pk_face);
  face->hb = hb_face_create(blob, 0);
  hb_blob_destroy(blob);
  pk_arena_defer(arena, free_face, face->hb);
  face->path = path;
  face->postscript_name = pk_arena_strndup(arena, strrchr(path, '/') + 1, strlen(strrchr(path, '/')) - 5);
  face->upem = (int)hb_face_get_upem(face->hb);
  face->ascent = 1036 * face->upem / 1000;
  face->descent = -335 * face->upem / 1000;
  face->cap_height = 670 * face->upem / 1000;
  face->weight = 400;
  face->x_max = face->upem;
  face->y_max = face->upem;
  face->is_serif = face->may_embed = face->may_subset = true;
  return face;
}

static const pk_ink test_inks[] = {
    {"text", {0, 0, 0, 1}, {0, 0, 0}, NULL, false},
    {"office", {1, .72, 0, .18}, {0, .1882, .5294}, NULL, false},
    {"gold", {0, .2, .6, .2}, {.8, .6, .3}, "Office Gold", false},
};

static inline int fixture_new(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->job.arena = pk_arena_new();
  f->job.diag = pk_diag_new(f->job.arena);
  f->draws = g_array_new(FALSE, TRUE, sizeof(pk_draw));
  f->pages = g_array_new(FALSE, TRUE, sizeof(pk_list_page));
  f->tags = g_array_new(FALSE, TRUE, sizeof(pk_tag));
  const pk_tag tags[] = {{.kind = PK_TAG_ARTIFACT}, {.kind = PK_TAG_DOCUMENT}, {.kind = PK_TAG_P, .parent = 1}};
  g_array_append_vals(f->tags, tags, G_N_ELEMENTS(tags));
  f->list = (pk_list){.width = 420, .height = 595, .bleed = 9, .inks = test_inks, .ink_count = 3, .lang = PK_LANG_EN};
  *state = f;
  return 0;
}

static inline int fixture_drop(void **state) {
  fixture *f = *state;
  pk_arena_drop(f->job.arena);
  g_array_unref(f->draws);
  g_array_unref(f->pages);
  g_array_unref(f->tags);
  g_free(f);
  return 0;
}

static inline void end_page(fixture *f, const char *label) {
  pk_list_page page = {.count = f->draws->len, .label = label};
  page.draws = pk_arena_dup(f->job.arena, f->draws->data, f->draws->len * sizeof(pk_draw));
  g_array_set_size(f->draws, 0);
  g_array_append_val(f->pages, page);
}

/* How a piece of text is set. */
typedef struct {
  const pk_face *face;
  double size, scale_x, stretch, tracking;
  const char *features, *href;
  bool is_rtl, adds_hyphen;
  uint32_t ink;
} setting;

/* The tag of the link to `href`; 0 for NULL. */
static inline uint32_t link_tag(fixture *f, const char *href) {
  if (!href) return 0;
  pk_tag link = {.kind = PK_TAG_LINK, .parent = 2, .href = href, .alternate = href};
  const pk_tag *last = &g_array_index(f->tags, pk_tag, f->tags->len - 1);
  if (g_strcmp0(last->href, href) != 0) g_array_append_val(f->tags, link);
  return f->tags->len - 1;
}

/* Draws bytes [start, end) of `text` at x, y and returns the width. */
static inline double draw_text(fixture *f, const setting *s, const char *text, uint32_t start, uint32_t end, double x,
                               double y) {
  hb_buffer_t *buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text, -1, start, (int)(end - start));
  hb_buffer_guess_segment_properties(buffer);
  hb_font_t *font = hb_font_create(s->face->hb);
  hb_feature_t feature;
  unsigned features = s->features && hb_feature_from_string(s->features, -1, &feature);
  hb_shape(font, buffer, &feature, features);
  if (s->adds_hyphen) {
    hb_buffer_t *hyphen = hb_buffer_create();
    hb_buffer_add_utf8(hyphen, "-", 1, 0, 1);
    hb_buffer_guess_segment_properties(hyphen);
    hb_shape(font, hyphen, NULL, 0);
    unsigned at = hb_buffer_get_length(buffer);
    hb_buffer_append(buffer, hyphen, 0, 1);
    hb_buffer_get_glyph_infos(buffer, NULL)[at].cluster = end | PK_CLUSTER_HYPHEN;
    hb_buffer_destroy(hyphen);
  }
  unsigned count;
  const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
  double scale_x = s->scale_x > 0 ? s->scale_x : 1, unit = s->size / s->face->upem * scale_x, pen = 0;
  pk_glyph *glyphs = PK_NEW_ARRAY(f->job.arena, pk_glyph, count);
  for (unsigned i = 0; i < count; i++) {
    glyphs[i] = (pk_glyph){infos[i].codepoint, infos[i].cluster, (float)(pen + positions[i].x_offset * unit),
                           (float)(positions[i].y_offset * s->size / s->face->upem)};
    pen += positions[i].x_advance * unit + s->tracking;
    if ((infos[i].cluster & PK_CLUSTER_HYPHEN) == 0 && text[infos[i].cluster] == ' ') pen += s->stretch;
  }
  pk_draw draw = {.kind = PK_DRAW_GLYPHS, .tag = 2, .ink = s->ink, .tint = 1, .href = s->href};
  draw.link = link_tag(f, s->href);
  if (draw.link) draw.tag = draw.link;
  draw.glyphs.face = s->face;
  draw.glyphs.size = s->size;
  draw.glyphs.scale_x = scale_x;
  draw.glyphs.tracking = s->tracking;
  draw.glyphs.x = x;
  draw.glyphs.y = y;
  draw.glyphs.width = pen;
  draw.glyphs.glyphs = glyphs;
  draw.glyphs.glyph_count = count;
  draw.glyphs.text = text;
  draw.glyphs.start = start;
  draw.glyphs.end = end;
  draw.glyphs.is_rtl = s->is_rtl;
  g_array_append_val(f->draws, draw);
  hb_font_destroy(font);
  hb_buffer_destroy(buffer);
  return pen;
}

/* A line whose words end at `end`; the next one begins after the space there. */
static inline void draw_all(fixture *f, const setting *s, const char *text, double x, double y) {
  draw_text(f, s, text, 0, (uint32_t)strlen(text), x, y);
}

static inline void add_rect(fixture *f, uint32_t tag, uint32_t ink, double tint, pk_rect rect) {
  pk_draw draw = {.kind = PK_DRAW_RECT, .tag = tag, .ink = ink, .tint = tint, .rect = rect};
  g_array_append_val(f->draws, draw);
}

static inline pk_status build_pdf(fixture *f, pk_edition edition, const uint8_t **data, size_t *size) {
  if (f->draws->len) end_page(f, NULL);
  f->list.pages = (const pk_list_page *)f->pages->data;
  f->list.page_count = f->pages->len;
  f->list.tags = (const pk_tag *)f->tags->data;
  f->list.tag_count = f->tags->len;
  pk_pdf_options options = {
      .edition = edition, .pages = f->chosen, .page_count = f->chosen_count, .timestamp = 1624687200};
  return pk_pdf_build(&f->job, &f->list, &options, data, size);
}

/* Builds the list, writes the PDF to a temporary file and returns what `tool`
 * says of it; "%" among its arguments stands for the file. */
static inline char *tool_output(fixture *f, pk_edition edition, const char *const *arguments) {
  const uint8_t *data;
  size_t size;
  assert_int_equal(build_pdf(f, edition, &data, &size), PK_OK);
  char *path = NULL;
  int handle = g_file_open_tmp("presskit-XXXXXX.pdf", &path, NULL);
  assert_true(handle >= 0);
  g_close(handle, NULL);
  assert_true(g_file_set_contents(path, (const char *)data, (gssize)size, NULL));
  GPtrArray *command = g_ptr_array_new();
  for (; *arguments; arguments++) g_ptr_array_add(command, strcmp(*arguments, "%") == 0 ? path : (gpointer)*arguments);
  g_ptr_array_add(command, NULL);
  char *output = NULL;
  int status = -1;
  assert_true(g_spawn_sync(NULL, (char **)command->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                           NULL, &output, NULL, &status, NULL));
  const char *keep = g_getenv("PDF_TEST_KEEP"); /* a folder, to look at what was made */
  if (keep) {
    char *kept = g_strdup_printf("%s/%u.pdf", keep, g_str_hash(*command->pdata) ^ g_str_hash(output));
    g_file_set_contents(kept, (const char *)data, (gssize)size, NULL);
    g_free(kept);
  }
  g_unlink(path);
  g_free(path);
  g_ptr_array_unref(command);
  assert_int_equal(status, 0);
  return output;
}

#define TOOL(f, edition, ...) tool_output((f), (edition), (const char *const[]){__VA_ARGS__, NULL})

/* The whole file, streams unpacked. NULs, which would end a string, are dots. */
static inline char *plain_pdf(fixture *f, pk_edition edition) {
  return TOOL(f, edition, "sh", "-c", "qpdf --qdf --object-streams=disable \"$0\" - | tr '\\000' .", "%");
}

#endif
