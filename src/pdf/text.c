/* Runs of glyphs -> text operators.
 *
 * In:  a run with each glyph's place. Out: Td to its origin and TJ with CIDs of
 * two bytes; a number in TJ wherever the pen is not where the glyph belongs.
 *
 * The pen is reckoned as a reader reckons it, from the widths and numbers as
 * written, so the error of rounding never adds up: each glyph stands within
 * MAX_ERROR of its place. Tracking is Tc, so that it costs no numbers. The numbers have a decimal even where whole ones
 * would do: the spaces of a line then come out alike, which is truer and, packed, 5 % smaller than whole numbers that
 * take turns. Spaces are glyphs like any other.
 *
 * Where a line ends between two words its space is written too, beyond the last
 * letter, so that who takes the lines of a paragraph one after the other reads words.
 *
 * A run from right to left is written in reading order too, stepping back before
 * each glyph, so that the order of the content is the order of the text. */
#include <math.h>
#include <string.h>

#include "pdf/cluster.h"
#include "pdf/content.h"
#include "pdf/number.h"

#define MAX_ERROR 0.004 /* pt */

/* How a cluster gets its text. */
typedef enum {
  TEXT_MAPPED, /* by ToUnicode */
  TEXT_OWN,    /* by a span for it and like neighbours */
  TEXT_HEAD,   /* it begins a broken word: a span with the whole word */
  TEXT_TAIL,   /* it ends a broken word: a span that says nothing */
  TEXT_HIDDEN, /* it neither shows nor says anything */
} text_kind;

/* One array of TJ being written. */
typedef struct {
  pk_pdf_content *content;
  const pk_draw *draw;
  const pk_pdf_font *font;
  pk_pdf_broken broken;
  double unit;    /* pt of 1/1000 em, as drawn */
  double offset;  /* pt from the run's origin as written to the true one */
  double pen;     /* 1/1000 em from the origin as written */
  double spacing; /* 1/1000 em that a reader adds after each glyph */
  int decimals;   /* of the numbers */
  double step;    /* the least of them */
} writer;

/* ---- TJ ------------------------------------------------------------------ */

static void flush_bytes(writer *w) {
  GString *bytes = w->content->bytes;
  if (bytes->len) pk_pdf_put_string(w->content->pieces, (const uint8_t *)bytes->str, bytes->len);
  g_string_truncate(bytes, 0);
}

static void flush_array(writer *w) {
  GString *out = w->content->out, *pieces = w->content->pieces;
  bool is_plain = pieces->len == 0;
  flush_bytes(w);
  if (pieces->len == 0) return;
  if (!is_plain) g_string_append_c(out, '[');
  g_string_append_len(out, pieces->str, (gssize)pieces->len);
  g_string_append(out, is_plain ? "Tj\n" : "]TJ\n");
  g_string_truncate(pieces, 0);
}

static void set_rise(writer *w, double rise) {
  int64_t scaled = pk_pdf_scaled(rise, 3);
  if (scaled == w->content->rise) return;
  flush_array(w);
  pk_pdf_put_fixed(w->content->out, scaled, 3);
  g_string_append(w->content->out, " Ts\n");
  w->content->rise = scaled;
}

static void put_glyph(writer *w, const pk_glyph *glyph) {
  if (glyph->id >= w->font->glyph_count) return;
  const pk_pdf_glyph *known = &w->font->glyphs[glyph->id];
  set_rise(w, (double)glyph->y);
  double away = ((double)glyph->x + w->offset) / w->unit - w->pen;
  if (fabs(away) >= w->step / 2) {
    int64_t steps = pk_pdf_scaled(away, w->decimals);
    flush_bytes(w);
    pk_pdf_put_fixed(w->content->pieces, -steps, w->decimals);
    w->pen += (double)steps * w->step;
  }
  g_string_append_c(w->content->bytes, (char)(known->cid >> 8));
  g_string_append_c(w->content->bytes, (char)(known->cid & 0xFF));
  w->pen += known->width + w->spacing;
}

static void put_cluster(writer *w, const pk_pdf_cluster *cluster) {
  for (uint32_t n = 0; n < cluster->count; n++) {
    uint32_t i = cluster->first + (w->draw->glyphs.is_rtl ? cluster->count - 1 - n : n);
    put_glyph(w, &w->draw->glyphs.glyphs[i]);
  }
}

/* ---- what a cluster says ------------------------------------------------- */

static const char *plain_text(writer *w, const pk_pdf_cluster *cluster, size_t *size) {
  return pk_pdf_plain_text(w->draw->glyphs.text, cluster->start, cluster->end, w->content->plain, size);
}

/* Whether ToUnicode of its glyphs, read one after the other, gives `text`. */
static bool is_mapped(const writer *w, const pk_pdf_cluster *cluster, const char *text, size_t size) {
  size_t at = 0;
  for (uint32_t n = 0; n < cluster->count; n++) {
    uint32_t i = cluster->first + (w->draw->glyphs.is_rtl ? cluster->count - 1 - n : n);
    uint32_t id = w->draw->glyphs.glyphs[i].id;
    if (id >= w->font->glyph_count) continue;
    const pk_pdf_glyph *glyph = &w->font->glyphs[id];
    if (!glyph->text || glyph->text_size > size - at || memcmp(text + at, glyph->text, glyph->text_size) != 0)
      return false;
    at += glyph->text_size;
  }
  return at == size;
}

static bool is_blank(const writer *w, const pk_pdf_cluster *cluster) {
  for (uint32_t i = cluster->first; i < cluster->first + cluster->count; i++)
    if (w->draw->glyphs.glyphs[i].id != w->font->space) return false;
  return true;
}

static text_kind kind_of(writer *w, const pk_pdf_cluster *cluster) {
  if (cluster->start < w->broken.tail_end) return TEXT_TAIL;
  if (cluster->start >= w->broken.head_start) return TEXT_HEAD;
  if (cluster->is_added) return TEXT_OWN;
  size_t size;
  const char *text = plain_text(w, cluster, &size);
  if (size == 0) return is_blank(w, cluster) ? TEXT_HIDDEN : TEXT_OWN;
  return is_mapped(w, cluster, text, size) ? TEXT_MAPPED : TEXT_OWN;
}

static const pk_pdf_cluster *cluster_at(const writer *w, guint n) {
  return &g_array_index(w->content->clusters, pk_pdf_cluster, n);
}

/* Gathers the text of a cluster that wants a span of its own. Returns whether the
 * word goes on. */
static bool gather_own(writer *w, const pk_pdf_cluster *cluster) {
  size_t size;
  const char *text = plain_text(w, cluster, &size);
  /* A soft hyphen that shows (its own, or one that was added and whose word goes
   * on where this file does not) is one for the reader too. */
  if (cluster->is_added || size == 0)
    g_string_append(w->content->actual, "\u00AD");
  else
    g_string_append_len(w->content->actual, text, (gssize)size);
  return !(size == 1 && *text == ' ');
}

/* ---- the run ------------------------------------------------------------- */

static void open_span(writer *w, text_kind kind) {
  pk_pdf_content *content = w->content;
  flush_array(w);
  if (kind == TEXT_OWN) {
    pk_pdf_mark_span(content, w->draw, content->actual->str, content->actual->len);
  } else if (kind == TEXT_TAIL) {
    pk_pdf_mark_span(content, w->draw, "\n", 1);
  } else {
    size_t size;
    const char *word =
        pk_pdf_plain_text(w->draw->glyphs.text, w->broken.head_text, w->broken.head_end, content->plain, &size);
    pk_pdf_mark_span(content, w->draw, word, size);
  }
}

/* Draws the clusters from `n` on that are of one kind. Returns where the next kind
 * begins and sets `kind` to it. A span of its own ends with the word. */
static guint put_stretch(writer *w, guint n, text_kind *kind) {
  guint count = w->content->clusters->len, end = n;
  text_kind this = *kind;
  bool is_word = true;
  g_string_truncate(w->content->actual, 0);
  do {
    if (this == TEXT_OWN) is_word = gather_own(w, cluster_at(w, end));
    if (++end < count) *kind = kind_of(w, cluster_at(w, end));
  } while (end < count && *kind == this && is_word);
  if (this == TEXT_HIDDEN) return end;
  if (this != TEXT_MAPPED) open_span(w, this);
  if (this == TEXT_MAPPED) pk_pdf_mark_draw(w->content, w->draw); /* a span may have ended the tag's content */
  for (; n < end; n++) put_cluster(w, cluster_at(w, n));
  if (this == TEXT_MAPPED) return end;
  flush_array(w);
  pk_pdf_mark_span_end(w->content);
  return end;
}

static void put_space(writer *w) {
  uint32_t space = w->font->space;
  if (!w->draw->glyphs.has_space_after || !space || !w->font->glyphs[space].is_used) return;
  pk_pdf_mark_draw(w->content, w->draw);
  g_string_append_c(w->content->bytes, (char)(w->font->glyphs[space].cid >> 8));
  g_string_append_c(w->content->bytes, (char)(w->font->glyphs[space].cid & 0xFF));
}

static void put_clusters(writer *w) {
  text_kind kind = kind_of(w, cluster_at(w, 0));
  for (guint n = 0; n < w->content->clusters->len;) n = put_stretch(w, n, &kind);
  put_space(w);
  flush_array(w);
}

static void set_font(pk_pdf_content *content, const pk_pdf_font *font, int64_t size, int64_t scale, int64_t tracking) {
  GString *out = content->out;
  if (content->font != font || content->size != size) {
    g_string_append_printf(out, "/%s ", font->name);
    pk_pdf_put_fixed(out, size, 3);
    g_string_append(out, " Tf\n");
    content->font = font;
    content->size = size;
  }
  if (content->scale != scale) {
    pk_pdf_put_fixed(out, scale, 3);
    g_string_append(out, " Tz\n");
    content->scale = scale;
  }
  if (content->tracking != tracking) {
    pk_pdf_put_fixed(out, tracking, 3);
    g_string_append(out, " Tc\n");
    content->tracking = tracking;
  }
}

static void move_to(pk_pdf_content *content, int64_t x, int64_t y) {
  pk_pdf_put_fixed(content->out, x - content->line_x, 3);
  g_string_append_c(content->out, ' ');
  pk_pdf_put_fixed(content->out, y - content->line_y, 3);
  g_string_append(content->out, " Td\n");
  content->line_x = x;
  content->line_y = y;
}

/* Turned text has a matrix of its own; after it lines are counted from the corner again. */
static void turn_at(pk_pdf_content *content, const pk_draw *draw) {
  g_string_append(content->out, draw->turn == PK_TURN_DOWN ? "0 -1 1 0 " : "0 1 -1 0 ");
  pk_pdf_put_fixed(content->out, pk_pdf_scaled(content->left + draw->glyphs.x, 3), 3);
  g_string_append_c(content->out, ' ');
  pk_pdf_put_fixed(content->out, pk_pdf_scaled(content->top - draw->glyphs.y, 3), 3);
  g_string_append(content->out, " Tm\n");
}

static void turn_back(pk_pdf_content *content) {
  g_string_append(content->out, "1 0 0 1 0 0 Tm\n");
  content->line_x = content->line_y = 0;
}

void pk_pdf_text_draw(pk_pdf_content *content, const pk_draw *draw, const pk_pdf_broken *broken) {
  const pk_pdf_font *font = pk_pdf_fonts_find(content->fonts, draw->glyphs.face);
  int64_t size = pk_pdf_scaled(draw->glyphs.size, 3), scale = pk_pdf_scaled(draw->glyphs.scale_x * 100, 3);
  if (!font || size <= 0 || scale <= 0 || draw->glyphs.glyph_count == 0) return;
  pk_pdf_clusters(draw, content->clusters);
  pk_pdf_mark_leave(content, draw); /* the clusters mark themselves */
  pk_pdf_content_text(content, true);
  pk_pdf_colour_fill(content, draw->ink, draw->tint, false);
  int64_t tracking = pk_pdf_scaled(draw->glyphs.tracking / draw->glyphs.scale_x, 3);
  set_font(content, font, size, scale, tracking);
  double x = content->left + draw->glyphs.x;
  int64_t written = pk_pdf_scaled(x, 3);
  if (draw->turn)
    turn_at(content, draw);
  else
    move_to(content, written, pk_pdf_scaled(content->top - draw->glyphs.y, 3));
  writer w = {.content = content,
              .draw = draw,
              .font = font,
              .broken = broken ? *broken : (pk_pdf_broken){.head_start = UINT32_MAX},
              .unit = (double)size / 1e6 * (double)scale / 1e5,
              .spacing = (double)tracking / (double)size * 1000,
              .offset = draw->turn ? 0 : x - (double)written / 1000};
  w.decimals = w.unit / 20 <= MAX_ERROR ? 1 : 2;
  w.step = w.decimals == 1 ? .1 : .01;
  put_clusters(&w);
  if (draw->turn) turn_back(content);
}
