/* What content names, and the colours that are set, as they are written anew.
 *
 * In:  names and numbers of content. Out: operators, and resources for them. */
#include "art/carry_writer.h"

#include <string.h>

void pk_writer_begin_word(pk_writer *w) {
  if (w->out->len && !g_ascii_isspace(w->out->str[w->out->len - 1])) g_string_append_c(w->out, '\n');
}

void pk_writer_put(pk_writer *w, const char *text) {
  pk_writer_begin_word(w);
  g_string_append(w->out, text);
}

void pk_writer_copy(pk_writer *w, const pk_operation *o) {
  pk_writer_begin_word(w);
  g_string_append_len(w->out, w->content + o->start, (gssize)(o->end - o->start));
}

/* ---- resources ----------------------------------------------------------- */

static qpdf_oh fresh_kind(pk_writer *w, const char *kind) {
  qpdf_oh dict = pk_carry_key(w->c, w->fresh, kind);
  if (qpdf_oh_is_dictionary(w->c->qpdf, dict)) return dict;
  qpdf_oh_replace_key(w->c->qpdf, w->fresh, kind, qpdf_oh_new_dictionary(w->c->qpdf));
  return pk_carry_key(w->c, w->fresh, kind);
}

static void add_resource(pk_writer *w, const char *kind, const char *name, qpdf_oh object) {
  g_autofree char *key = g_strconcat("/", name, NULL);
  qpdf_oh_replace_key(w->c->qpdf, fresh_kind(w, kind), key, object);
}

qpdf_oh pk_writer_look_up(pk_writer *w, const char *kind, const char *name) {
  g_autofree char *key = g_strconcat("/", name, NULL);
  return pk_carry_key(w->c, pk_carry_key(w->c, w->resources, kind), key);
}

/* Takes what content names over; false if there is no such thing. What it costs to
 * draw is added each time. */
bool pk_writer_take(pk_writer *w, const char *kind, const char *name, size_t *own) {
  g_autofree char *full = g_strconcat(kind, "/", name, NULL);
  gpointer known;
  if (!g_hash_table_lookup_extended(w->taken, full, NULL, &known)) {
    size_t cost = 0;
    if (g_hash_table_size(w->taken) > PK_WRITER_NAMES) return pk_carry_fail(w->c, "its page uses too many things");
    qpdf_oh object = pk_writer_look_up(w, kind, name);
    qpdf_oh carried =
        qpdf_oh_is_null(w->c->qpdf, object) ? 0 : pk_carry_resource(w->c, kind, object, w->resources, &cost);
    if (w->c->has_failed) return false;
    if (carried) add_resource(w, kind, name, carried);
    known = GSIZE_TO_POINTER(carried ? cost + 1 : 0);
    g_hash_table_insert(w->taken, g_steal_pointer(&full), known);
  }
  if (known && own) *own = GPOINTER_TO_SIZE(known) - 1;
  if (known) *w->cost += GPOINTER_TO_SIZE(known) - 1;
  if (*w->cost > PK_CARRY_MAX_COST)
    return pk_carry_fail(w->c, "it takes more than %d steps to draw", PK_CARRY_MAX_COST);
  return known != NULL;
}

const char *pk_writer_own(pk_writer *w, const char *kind, const char *name, qpdf_oh object) {
  g_autofree char *full = g_strconcat(kind, "/", name, NULL);
  if (!g_hash_table_contains(w->taken, full)) {
    add_resource(w, kind, name, object);
    g_hash_table_insert(w->taken, g_steal_pointer(&full), GSIZE_TO_POINTER(1));
  }
  return name;
}

/* ---- colours ------------------------------------------------------------- */

const pk_hues *pk_writer_hues(pk_writer *w, const char *name) {
  gpointer known;
  if (g_hash_table_lookup_extended(w->spaces, name, NULL, &known)) return known;
  g_autofree char *spelt = g_strconcat("/", name, NULL);
  pk_hues *hues = NULL;
  if (g_hash_table_size(w->spaces) < PK_WRITER_NAMES)
    hues = pk_carry_hues(w->c, qpdf_oh_new_name(w->c->qpdf, spelt), w->resources);
  if (!hues) pk_carry_stuck(w->c, "the colour space %s", name);
  g_hash_table_insert(w->spaces, g_strdup(name), hues);
  return hues;
}

static void put_numbers(pk_writer *w, const double *numbers, int count, const char *operator) {
  pk_writer_begin_word(w);
  for (int i = 0; i < count; i++) {
    pk_carry_put_number(w->out, numbers[i]);
    g_string_append_c(w->out, ' ');
  }
  g_string_append(w->out, operator);
}

static void put_space(pk_writer *w, const char *name, bool is_stroke) {
  pk_writer_begin_word(w);
  g_string_append_printf(w->out, "/%s %s", name, is_stroke ? "CS" : "cs");
}

static void put_pattern(pk_writer *w, const pk_writer_paint *p, bool is_stroke) {
  if (!p->pattern || !pk_writer_take(w, "/Pattern", p->pattern, NULL)) return;
  double mapped[4];
  if (p->hues->base) {
    const char *device = pk_carry_device(w->c);
    g_autofree char *name = g_strconcat("PkPattern", device + 1, NULL),
                    *space = g_strdup_printf("[/Pattern %s]", device);
    put_space(w, pk_writer_own(w, "/ColorSpace", name, qpdf_oh_parse(w->c->qpdf, space)), is_stroke);
    pk_carry_device_colour(w->c, p->hues->base, p->n, mapped);
    put_numbers(w, mapped, pk_carry_components(w->c), "");
  } else {
    put_space(w, "Pattern", is_stroke);
    g_string_append_c(w->out, ' ');
  }
  g_string_append_printf(w->out, "/%s %s", p->pattern, is_stroke ? "SCN" : "scn");
}

static void put_device(pk_writer *w, const pk_mapped *mapped, bool is_stroke) {
  static const char *const fills[] = {[1] = "g", [3] = "rg", [4] = "k"}, *const strokes[] = {
                                                                             [1] = "G", [3] = "RG", [4] = "K"};
  put_numbers(w, mapped->v, mapped->count, (is_stroke ? strokes : fills)[mapped->count]);
}

/* Writes the colour that is set now. */
void pk_writer_colour(pk_writer *w, bool is_stroke) {
  pk_writer_paint *p = is_stroke ? &w->now.stroke : &w->now.fill;
  if (!p->hues) return;
  p->is_black = p->is_nothing = false;
  if (p->hues->kind == PK_HUES_PATTERN) {
    put_pattern(w, p, is_stroke);
    return;
  }
  pk_mapped mapped;
  const pk_overprint over = {is_stroke ? w->now.stroke_overprints : w->now.fill_overprints, w->now.keeps_zero};
  pk_carry_map(w->c, p->hues, p->n, over, &mapped);
  char name[32];
  switch (mapped.how) {
  case PK_MAPPED_DEVICE:
    put_device(w, &mapped, is_stroke);
    p->is_black = mapped.count == 4 && mapped.v[0] == 0 && mapped.v[1] == 0 && mapped.v[2] == 0 && mapped.v[3] == 1;
    break;
  case PK_MAPPED_INK:
    g_snprintf(name, sizeof name, "PkPlate%zu", mapped.ink);
    put_space(w, pk_writer_own(w, "/ColorSpace", name, pk_carry_ink_space(w->c, mapped.ink)), is_stroke);
    put_numbers(w, &mapped.share, 1, is_stroke ? "SCN" : "scn");
    break;
  case PK_MAPPED_SPACE: {
    qpdf_oh space = pk_carry_space(w->c, p->hues);
    g_snprintf(name, sizeof name, "PkSpace%d", qpdf_oh_get_object_id(w->c->qpdf, space));
    put_space(w, pk_writer_own(w, "/ColorSpace", name, space), is_stroke);
    put_numbers(w, p->n, p->hues->components, is_stroke ? "SCN" : "scn");
    break;
  }
  case PK_MAPPED_NONE: p->is_nothing = true;
  }
}
