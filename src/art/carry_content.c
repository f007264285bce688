/* Rewrites content: colours, and only what belongs there.
 *
 * In:  a content stream and its resources. Out: the same, where every colour is
 * one of the output. Operators are copied byte for byte but for these: those that
 * set colours are written anew; pictures inside the content become objects;
 * marked content and what the standard does not know is left out; what belongs to
 * a layer that is not shown is not painted. Black alone, as text or as a thin line,
 * is set to overprint, unless the file says by itself what does. */
#include <math.h>
#include <string.h>

#include "art/carry_writer.h"

enum { MAX_STATES = 256 };

/* As thick as what the page's own content takes for a line. */
#define THICKEST_LINE 3.0

typedef enum {
  COPY,      /* as it is */
  DROP,      /* nothing of the picture depends on it */
  PAINT,     /* a path; where it is hidden, the path ends */
  TEXT,      /* letters */
  TEXT_LINE, /* letters on the next line */
  SAVE,
  RESTORE,
  TRANSFORM,
  LINE_WIDTH,
  RECTANGLE,
  RENDER_MODE,
  PATH,
  DEVICE,
  SPACE,
  COLOUR,
  GSTATE,
  OBJECT,
  SHADING,
  FONT,
  PICTURE,
  MARK,
  MARK_END,
} action;

static const struct {
  const char *name;
  action what;
} operators[] = {
    {"b", PAINT},        {"B", PAINT},    {"b*", PAINT},   {"B*", PAINT},    {"BDC", MARK},     {"BI", PICTURE},
    {"BMC", MARK},       {"BT", COPY},    {"BX", DROP},    {"c", PATH},      {"cm", TRANSFORM}, {"CS", SPACE},
    {"cs", SPACE},       {"d", COPY},     {"d0", COPY},    {"d1", COPY},     {"Do", OBJECT},    {"DP", DROP},
    {"EMC", MARK_END},   {"ET", COPY},    {"EX", DROP},    {"f", PAINT},     {"F", PAINT},      {"f*", PAINT},
    {"G", DEVICE},       {"g", DEVICE},   {"gs", GSTATE},  {"h", COPY},      {"i", COPY},       {"j", COPY},
    {"J", COPY},         {"K", DEVICE},   {"k", DEVICE},   {"l", PATH},      {"m", PATH},       {"M", COPY},
    {"MP", DROP},        {"n", PAINT},    {"q", SAVE},     {"Q", RESTORE},   {"re", RECTANGLE}, {"RG", DEVICE},
    {"rg", DEVICE},      {"ri", COPY},    {"s", PAINT},    {"S", PAINT},     {"SC", COLOUR},    {"sc", COLOUR},
    {"SCN", COLOUR},     {"scn", COLOUR}, {"sh", SHADING}, {"T*", COPY},     {"Tc", COPY},      {"Td", COPY},
    {"TD", COPY},        {"Tf", FONT},    {"Tj", TEXT},    {"TJ", TEXT},     {"TL", COPY},      {"Tm", COPY},
    {"Tr", RENDER_MODE}, {"Ts", COPY},    {"Tw", COPY},    {"Tz", COPY},     {"v", PATH},       {"w", LINE_WIDTH},
    {"W", COPY},         {"W*", COPY},    {"y", PATH},     {"'", TEXT_LINE}, {"\"", TEXT_LINE},
};

static bool is_op(const pk_operation *o, const char *name) {
  return strcmp(o->name, name) == 0;
}

static const char *name_of(const pk_operation *o) {
  const pk_operand *last = o->count ? &o->operands[o->count - 1] : NULL;
  return last && last->kind == PK_OPERAND_NAME && !memchr(last->bytes, 0, last->size) ? last->bytes : NULL;
}

/* The last `most` numbers; returns how many there are. */
static size_t numbers_of(const pk_operation *o, double *out, size_t most) {
  size_t end = o->count, count = 0;
  while (end > 0 && o->operands[end - 1].kind == PK_OPERAND_NAME) end--;
  while (count < most && count < end && o->operands[end - count - 1].kind == PK_OPERAND_NUMBER) count++;
  for (size_t i = 0; i < count; i++) out[i] = o->operands[end - count + i].number;
  return count;
}

static void set_device(pk_writer *w, const pk_operation *o) {
  static const struct {
    char letter;
    const char *space;
    size_t count;
  } devices[] = {{'g', "DeviceGray", 1}, {'r', "DeviceRGB", 3}, {'k', "DeviceCMYK", 4}};
  bool is_stroke = g_ascii_isupper(o->name[0]);
  pk_writer_paint *p = is_stroke ? &w->now.stroke : &w->now.fill;
  for (size_t i = 0; i < G_N_ELEMENTS(devices); i++) {
    if (g_ascii_tolower(o->name[0]) != devices[i].letter) continue;
    double n[4];
    if (numbers_of(o, n, devices[i].count) != devices[i].count) return;
    p->hues = pk_writer_hues(w, devices[i].space);
    p->pattern = NULL;
    memcpy(p->n, n, devices[i].count * sizeof *n);
    pk_writer_colour(w, is_stroke);
  }
}

static void set_space(pk_writer *w, const pk_operation *o) {
  bool is_stroke = o->name[0] == 'C';
  pk_writer_paint *p = is_stroke ? &w->now.stroke : &w->now.fill;
  const char *name = name_of(o);
  if (!name) return;
  p->hues = pk_writer_hues(w, name);
  p->pattern = NULL;
  if (!p->hues) return;
  pk_hues_first(p->hues, p->n);
  pk_writer_colour(w, is_stroke);
}

static void set_colour(pk_writer *w, const pk_operation *o) {
  bool is_stroke = o->name[0] == 'S';
  pk_writer_paint *p = is_stroke ? &w->now.stroke : &w->now.fill;
  if (!p->hues) {
    pk_carry_stuck(w->c, "a colour in a space that is not said");
    return;
  }
  const char *name = name_of(o);
  double n[PK_FUNCTION_MAX];
  size_t wanted = (size_t)p->hues->components, count = numbers_of(o, n, wanted);
  if (count < wanted) return;
  memcpy(p->n, n, wanted * sizeof *n);
  if (p->hues->kind == PK_HUES_PATTERN) {
    if (!name) return;
    p->pattern = g_strdup(name);
    g_ptr_array_add(w->owned, p->pattern);
  }
  pk_writer_colour(w, is_stroke);
}

/* ---- overprint ----------------------------------------------------------- */

/* Sets what black overprints, as the page's own content does. */
static void raise_black(pk_writer *w, bool wanted) {
  bool is_asked = w->c->order->target == PK_TARGET_PRESS && w->c->mapper->colours->black_overprints && !w->c->is_mask;
  if (!is_asked || w->now.has_own || wanted == w->now.is_raised) return;
  const char *name = wanted ? "PkOver" : "PkKnock";
  pk_writer_own(w, "/ExtGState", name,
                qpdf_oh_parse(w->c->qpdf, wanted ? "<</Type/ExtGState/OP true/op true/OPM 1>>"
                                                 : "<</Type/ExtGState/OP false/op false/OPM 0>>"));
  pk_writer_begin_word(w);
  g_string_append_printf(w->out, "/%s gs", name);
  w->now.is_raised = wanted;
}

static bool is_fill(const pk_operation *o) {
  return g_ascii_tolower(o->name[0]) == 'f';
}
static bool is_stroke(const pk_operation *o) {
  return g_ascii_tolower(o->name[0]) == 's';
}

static void raise_path(pk_writer *w, const pk_operation *o) {
  bool is_line = is_stroke(o) && w->now.stroke.is_black && w->now.line_width * w->now.scale <= THICKEST_LINE;
  bool is_rule = is_fill(o) && w->now.fill.is_black && w->is_one_rectangle && w->thinnest <= THICKEST_LINE;
  if (!is_op(o, "n")) raise_black(w, is_line || is_rule);
}

/* ---- state --------------------------------------------------------------- */

static bool save_state(pk_writer *w) {
  if (w->saved->len >= MAX_STATES) return pk_carry_fail(w->c, "its graphics states are nested too deep");
  g_array_append_val(w->saved, w->now);
  return true;
}

static void flag(pk_writer *w, qpdf_oh dict, const char *name, bool *out) {
  QPDF_BOOL value;
  if (!qpdf_oh_get_value_as_bool(w->c->qpdf, pk_carry_key(w->c, dict, name), &value)) return;
  *out = value;
  w->now.has_own = true;
}

/* What the state says of overprint; colours are written anew where that matters. */
static void read_state(pk_writer *w, qpdf_oh dict) {
  double width, mode;
  flag(w, dict, "/OP", &w->now.stroke_overprints);
  flag(w, dict, qpdf_oh_has_key(w->c->qpdf, dict, "/op") ? "/op" : "/OP", &w->now.fill_overprints);
  if (pk_carry_number(w->c, dict, "/OPM", &mode)) w->now.keeps_zero = mode == 1;
  if (pk_carry_number(w->c, dict, "/LW", &width)) w->now.line_width = fabs(width);
  if (w->c->order->target != PK_TARGET_PLATE) return;
  pk_writer_colour(w, false);
  pk_writer_colour(w, true);
}

static void set_state(pk_writer *w, const pk_operation *o) {
  const char *name = name_of(o);
  if (!name) return;
  qpdf_oh dict = pk_writer_look_up(w, "/ExtGState", name);
  if (!pk_writer_take(w, "/ExtGState", name, NULL)) return;
  pk_writer_copy(w, o);
  read_state(w, dict);
}

static void transform(pk_writer *w, const pk_operation *o) {
  double m[6];
  if (numbers_of(o, m, 6) != 6) return;
  w->now.scale *= sqrt(fabs(m[0] * m[3] - m[1] * m[2]));
  pk_writer_copy(w, o);
}

static void rectangle(pk_writer *w, const pk_operation *o) {
  double n[4];
  if (numbers_of(o, n, 4) == 4) {
    w->is_one_rectangle = !w->has_path;
    w->thinnest = fmin(fabs(n[2]), fabs(n[3])) * w->now.scale;
  }
  w->has_path = true;
  pk_writer_copy(w, o);
}

/* ---- marks --------------------------------------------------------------- */

static bool begin_mark(pk_writer *w, const pk_operation *o) {
  bool hides = false;
  if (is_op(o, "BDC") && o->count >= 2 && o->operands[0].kind == PK_OPERAND_NAME &&
      strcmp(o->operands[0].bytes, "OC") == 0 && name_of(o))
    hides = pk_layers_hide(w->c->layers, w->c->qpdf, pk_writer_look_up(w, "/Properties", name_of(o)));
  if (w->marks >= PK_WRITER_LAYERS) return pk_carry_fail(w->c, "its marked content is nested too deep");
  w->hides[w->marks++] = hides;
  w->hidden += hides;
  return true;
}

static void end_mark(pk_writer *w) {
  if (w->marks > 0 && w->hides[--w->marks]) w->hidden--;
}

/* ---- pictures and the like ----------------------------------------------- */

static void inline_picture(pk_writer *w, const pk_operation *o) {
  /* ID may stand there without its BI. */
  if (w->hidden || o->at < o->start + strlen("BI")) return;
  const char *dict = w->content + o->start + strlen("BI");
  qpdf_oh stream = pk_carry_inline(w->c, dict, (size_t)(w->content + o->at - dict), w->content + o->data,
                                   o->data_end - o->data, w->resources);
  if (!stream) return;
  raise_black(w, false);
  g_autofree char *name = g_strdup_printf("PkInline%zu", ++w->pictures);
  if (w->pictures > PK_WRITER_NAMES) {
    pk_carry_fail(w->c, "it holds too many pictures");
    return;
  }
  pk_writer_own(w, "/XObject", name, stream);
  pk_writer_begin_word(w);
  g_string_append_printf(w->out, "/%s Do", name);
}

/* A stencil paints the colour that is set; where that is nothing, so is the stencil. */
static bool is_unseen_stencil(pk_writer *w, const char *name) {
  QPDF_BOOL is_stencil = QPDF_FALSE;
  qpdf_oh stream = pk_writer_look_up(w, "/XObject", name);
  if (!w->now.fill.is_nothing || !qpdf_oh_is_stream(w->c->qpdf, stream)) return false;
  qpdf_oh dict = qpdf_oh_get_dict(w->c->qpdf, stream);
  qpdf_oh_get_value_as_bool(w->c->qpdf, pk_carry_key(w->c, dict, "/ImageMask"), &is_stencil);
  return is_stencil;
}

static void object(pk_writer *w, const pk_operation *o, const char *kind) {
  const char *name = name_of(o);
  if (!name || w->hidden || is_unseen_stencil(w, name)) return;
  if (!pk_writer_take(w, kind, name, NULL)) return;
  raise_black(w, false);
  pk_writer_copy(w, o);
}

/* A font that is not there, or not in the file, is no fault until text is set in it. */
static void font(pk_writer *w, const pk_operation *o) {
  const char *name =
      o->count >= 2 && o->operands[o->count - 2].kind == PK_OPERAND_NAME ? o->operands[o->count - 2].bytes : NULL;
  if (!name) return;
  w->now.missing = NULL;
  if (pk_writer_take(w, "/Font", name, &w->now.glyph_cost)) {
    pk_writer_copy(w, o);
    return;
  }
  g_autofree char *key = g_strconcat("missing ", name, NULL);
  if (!g_hash_table_contains(w->taken, key)) {
    char *known = g_strdup(w->c->left->font[0] ? w->c->left->font : name);
    g_ptr_array_add(w->owned, known);
    w->c->left->font[0] = 0;
    g_hash_table_insert(w->taken, g_strdup(key), known);
  }
  w->now.missing = g_hash_table_lookup(w->taken, key);
}

/* Each letter of a Type 3 font is drawn as often as it stands there. */
static void count_letters(pk_writer *w, const pk_operation *o) {
  for (size_t i = 0; i < o->count && w->now.glyph_cost; i++)
    if (o->operands[i].kind == PK_OPERAND_STRING)
      *w->cost += MIN(o->operands[i].size, PK_CARRY_MAX_COST) * MIN(w->now.glyph_cost, PK_CARRY_MAX_COST);
}

static void text(pk_writer *w, const pk_operation *o) {
  count_letters(w, o);
  if (w->now.missing && (w->hidden || w->now.render_mode == 3)) return;
  if (w->now.missing) {
    g_strlcpy(w->c->left->font, w->now.missing, sizeof w->c->left->font);
    pk_carry_fail(w->c, "the font %s is not in it", w->now.missing);
    return;
  }
  if (w->hidden && is_op(o, "Tj")) return;
  if (w->hidden && is_op(o, "TJ")) return;
  if (w->hidden) {
    pk_writer_put(w, "T*");
    return;
  }
  raise_black(w, w->now.render_mode == 0 && w->now.fill.is_black);
  bool is_nothing = w->now.render_mode == 0 && w->now.fill.is_nothing;
  if (is_nothing) pk_writer_put(w, "3 Tr");
  pk_writer_copy(w, o);
  if (is_nothing) pk_writer_put(w, "0 Tr");
}

/* What is left of an operator where one colour, or both, paint nothing. */
static const char *visible_part(const pk_writer *w, const pk_operation *o) {
  bool is_both = g_ascii_tolower(o->name[0]) == 'b';
  bool fills = (is_fill(o) || is_both) && !w->now.fill.is_nothing && !w->hidden;
  bool strokes = (is_stroke(o) || is_both) && !w->now.stroke.is_nothing && !w->hidden;
  if (!fills && !strokes) return "n";
  if (!is_both || (fills && strokes)) return o->name;
  return fills ? (strchr(o->name, '*') ? "f*" : "f") : o->name[0] == 'b' ? "s" : "S";
}

static void paint_path(pk_writer *w, const pk_operation *o) {
  raise_path(w, o);
  pk_writer_put(w, visible_part(w, o));
  w->has_path = w->is_one_rectangle = false;
}

/* ---- operator by operator ------------------------------------------------ */

static void number_state(pk_writer *w, const pk_operation *o) {
  double n;
  if (numbers_of(o, &n, 1) != 1) return;
  if (is_op(o, "w"))
    w->now.line_width = fabs(n);
  else
    w->now.render_mode = (int)CLAMP(n, 0.0, 7.0);
  pk_writer_copy(w, o);
}

static void restore_state(pk_writer *w, const pk_operation *o) {
  if (w->saved->len == 0) return; /* one too many */
  w->now = g_array_index(w->saved, pk_writer_state, w->saved->len - 1);
  g_array_set_size(w->saved, w->saved->len - 1);
  pk_writer_copy(w, o);
}

static void act(pk_writer *w, const pk_operation *o, action what) {
  switch (what) {
  case COPY: pk_writer_copy(w, o); break;
  case DROP: break;
  case PATH:
    w->has_path = true;
    w->is_one_rectangle = false;
    pk_writer_copy(w, o);
    break;
  case PAINT: paint_path(w, o); break;
  case TEXT:
  case TEXT_LINE: text(w, o); break;
  case SAVE:
    if (save_state(w)) pk_writer_copy(w, o);
    break;
  case RESTORE: restore_state(w, o); break;
  case TRANSFORM: transform(w, o); break;
  case LINE_WIDTH:
  case RENDER_MODE: number_state(w, o); break;
  case RECTANGLE: rectangle(w, o); break;
  case DEVICE: set_device(w, o); break;
  case SPACE: set_space(w, o); break;
  case COLOUR: set_colour(w, o); break;
  case GSTATE: set_state(w, o); break;
  case OBJECT: object(w, o, "/XObject"); break;
  case SHADING: object(w, o, "/Shading"); break;
  case FONT: font(w, o); break;
  case PICTURE: inline_picture(w, o); break;
  case MARK: begin_mark(w, o); break;
  case MARK_END: end_mark(w);
  }
}

static bool take_operator(void *data, const pk_operation *o) {
  pk_writer *w = data;
  gpointer what;
  if (++*w->cost > PK_CARRY_MAX_COST)
    return pk_carry_fail(w->c, "it takes more than %d steps to draw", PK_CARRY_MAX_COST);
  if (o->is_odd || !g_hash_table_lookup_extended(w->actions, o->name, NULL, &what)) return true;
  /* What an operator looks up is of no use after it. */
  bool looks_up = GPOINTER_TO_INT(what) >= DEVICE || GPOINTER_TO_INT(what) == TEXT;
  qpdf_oh mark = looks_up ? pk_reader_mark(w->c->qpdf) : 0;
  act(w, o, (action)GPOINTER_TO_INT(what));
  if (looks_up) pk_reader_release_since(w->c->qpdf, mark);
  return !w->c->has_failed;
}

static void begin_state(pk_writer *w) {
  w->now = (pk_writer_state){.scale = 1, .line_width = 1};
  w->now.fill.hues = w->now.stroke.hues = pk_writer_hues(w, "DeviceGray");
  /* Whoever draws a form may have set any colour. */
  w->now.fill.is_black = w->now.stroke.is_black = w->c->depth == 0;
  if (w->c->depth > 0) return;
  /* The page becomes a form: what it takes for granted has to be said. */
  pk_writer_colour(w, false);
  pk_writer_colour(w, true);
}

bool pk_carry_content(pk_carrier *c, const char *content, size_t size, qpdf_oh resources, qpdf_oh fresh, GString *out,
                      size_t *cost) {
  pk_writer *w = g_new0(pk_writer, 1);
  w->c = c;
  w->content = content;
  w->resources = resources;
  w->fresh = fresh;
  w->out = out;
  w->cost = cost;
  w->saved = g_array_new(FALSE, FALSE, sizeof(pk_writer_state));
  w->actions = g_hash_table_new(g_str_hash, g_str_equal);
  w->taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  w->spaces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  w->owned = g_ptr_array_new_with_free_func(g_free);
  for (size_t i = 0; i < G_N_ELEMENTS(operators); i++)
    g_hash_table_insert(w->actions, (gpointer)operators[i].name, GINT_TO_POINTER(operators[i].what));
  begin_state(w);
  if (!pk_tokens_read(content, size, take_operator, w)) pk_carry_fail(c, "its content is damaged");
  for (; w->saved->len > 0; g_array_set_size(w->saved, w->saved->len - 1)) pk_writer_put(w, "Q");
  g_array_unref(w->saved);
  g_hash_table_unref(w->actions);
  g_hash_table_unref(w->taken);
  g_hash_table_unref(w->spaces);
  g_ptr_array_unref(w->owned);
  g_free(w);
  return !c->has_failed;
}
