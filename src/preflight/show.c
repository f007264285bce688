/* Text: where it stands, how large it is printed. */
#include <math.h>
#include <string.h>

#include "preflight/operators.h"

enum { MODE_INVISIBLE = 3, MODE_CLIP = 7, WHAT_LENGTH = 28 };

static const double identity[6] = {1, 0, 0, 1, 0, 0};

static void begin_text(pk_interpreter *in, const pk_operands *o) {
  (void)o;
  memcpy(in->text, identity, sizeof identity);
  memcpy(in->line, identity, sizeof identity);
}

static void next_line(pk_interpreter *in, double x, double y) {
  const double step[6] = {1, 0, 0, 1, x, y};
  pk_matrix_multiply(step, in->line, in->line);
  memcpy(in->text, in->line, sizeof in->text);
}

static void move_line(pk_interpreter *in, const pk_operands *o) {
  next_line(in, o->n[0], o->n[1]);
}

static void move_line_leading(pk_interpreter *in, const pk_operands *o) {
  in->now.leading = -o->n[1];
  next_line(in, o->n[0], o->n[1]);
}

static void set_text_matrix(pk_interpreter *in, const pk_operands *o) {
  memcpy(in->line, o->n, sizeof in->line);
  memcpy(in->text, o->n, sizeof in->text);
}

static void new_line(pk_interpreter *in, const pk_operands *o) {
  (void)o;
  next_line(in, 0, -in->now.leading);
}

/* ---- showing ------------------------------------------------------------- */

/* The words, where they can be told from their bytes. */
static const char *words_of(pk_interpreter *in, const char *bytes, size_t size) {
  if (!in->now.font || in->now.font->is_composite || size == 0) return NULL;
  for (size_t i = 0; i < size; i++)
    if (!g_ascii_isprint(bytes[i])) return NULL;
  return size <= WHAT_LENGTH ? pk_arena_strndup(in->job->arena, bytes, size)
                             : pk_arena_printf(in->job->arena, "%.*s…", WHAT_LENGTH, bytes);
}

static void give_text(pk_interpreter *in, double width, const char *bytes, size_t size) {
  pk_gstate *now = &in->now;
  if (now->mode == MODE_INVISIBLE || now->mode == MODE_CLIP || width == 0 || now->size == 0) return;
  double matrix[6];
  pk_matrix_multiply(in->text, now->ctm, matrix);
  double drawn = fabs(now->size) * hypot(matrix[2], matrix[3]);
  pk_box box = {fmin(0, width), now->rise - 0.2 * fabs(now->size), fmax(0, width), now->rise + 0.7 * fabs(now->size)};
  box = pk_content_bounds(matrix, &box);
  pk_element e = *in->base;
  e.kind = PK_ELEMENT_TEXT;
  e.size = now->font && now->font->is_type3 ? 0 : drawn;
  if (now->font && now->font->is_type3) return; /* its letters are drawings, whose size is not told by the font's */
  bool is_outlined = now->mode == 1 || now->mode == 5;
  e.colour = is_outlined ? now->stroke : now->fill;
  e.overprints = is_outlined ? now->stroke_overprints : now->fill_overprints;
  e.is_transparent = now->is_transparent;
  e.object = in->object;
  const char *words = words_of(in, bytes, size);
  if (words) e.what = words;
  pk_content_give(in, &e, &box);
}

static void advance(pk_interpreter *in, double width) {
  const double step[6] = {1, 0, 0, 1, width, 0};
  pk_matrix_multiply(step, in->text, in->text);
}

static void show_string(pk_interpreter *in, const pk_operand *string) {
  double width = pk_content_font_width(&in->now, string->bytes, string->size);
  give_text(in, width, string->bytes, string->size);
  advance(in, width);
}

static bool is_blank(const pk_operand *string) {
  for (size_t i = 0; i < string->size; i++)
    if (string->bytes[i] != ' ') return false;
  return true;
}

/* One element for all strings of an array: they stand on one line. */
static void show_all(pk_interpreter *in, const pk_operands *o) {
  double width = 0;
  g_autoptr(GString) words = g_string_new(NULL);
  for (size_t i = 0; i < o->count; i++) {
    const pk_operand *part = &o->all[i];
    if (part->kind == PK_OPERAND_NUMBER)
      width -= part->number / 1000 * in->now.size * in->now.stretch;
    else if (part->kind == PK_OPERAND_STRING) {
      width += pk_content_font_width(&in->now, part->bytes, part->size);
      if (words->len <= WHAT_LENGTH) g_string_append_len(words, part->bytes, (gssize)part->size);
    }
  }
  give_text(in, width, words->str, words->len);
  advance(in, width);
}

static void show(pk_interpreter *in, const pk_operands *o) {
  if (o->count == 0 || o->all[o->count - 1].kind != PK_OPERAND_STRING) return;
  const pk_operand *string = &o->all[o->count - 1];
  if (!is_blank(string))
    show_string(in, string);
  else
    advance(in, pk_content_font_width(&in->now, string->bytes, string->size));
}

static void show_on_next(pk_interpreter *in, const pk_operands *o) {
  new_line(in, o);
  show(in, o);
}

static void show_spaced(pk_interpreter *in, const pk_operands *o) {
  in->now.word_space = o->n[0];
  in->now.letter_space = o->n[1];
  show_on_next(in, o);
}

/* ---- state --------------------------------------------------------------- */

static void set_font(pk_interpreter *in, const pk_operands *o) {
  if (!o->name) return;
  in->now.font = pk_content_font_read(in, o->name);
  in->now.size = o->n[0];
}

static void set_letter_space(pk_interpreter *in, const pk_operands *o) {
  in->now.letter_space = o->n[0];
}

static void set_word_space(pk_interpreter *in, const pk_operands *o) {
  in->now.word_space = o->n[0];
}

static void set_stretch(pk_interpreter *in, const pk_operands *o) {
  in->now.stretch = o->n[0] / 100;
}

static void set_leading(pk_interpreter *in, const pk_operands *o) {
  in->now.leading = o->n[0];
}

static void set_rise(pk_interpreter *in, const pk_operands *o) {
  in->now.rise = o->n[0];
}

static void set_mode(pk_interpreter *in, const pk_operands *o) {
  in->now.mode = (int)o->n[0];
}

const pk_operator pk_text_operators[] = {
    {"BT", 0, begin_text},  {"Td", 2, move_line},   {"TD", 2, move_line_leading}, {"Tm", 6, set_text_matrix},
    {"T*", 0, new_line},    {"Tj", 0, show},        {"TJ", 0, show_all},          {"'", 0, show_on_next},
    {"\"", 2, show_spaced}, {"Tf", 1, set_font},    {"Tc", 1, set_letter_space},  {"Tw", 1, set_word_space},
    {"Tz", 1, set_stretch}, {"TL", 1, set_leading}, {"Ts", 1, set_rise},          {"Tr", 1, set_mode},
    {NULL, 0, NULL},
};
