/* Runs content streams: operators, forms, annotations.
 *
 * In:  a page. Out: elements, in painting order, with the colours and places that
 * the graphics state gives them.
 *
 * A form may draw forms that draw forms, each twice: the operators of a file are
 * counted, and one that has too many is told to have been checked in part. Forms
 * are unpacked once. */
#include "preflight/content.h"

#include <math.h>
#include <string.h>

#include "preflight/operators.h"

enum { FORM_BYTES_MAX = 64 * 1024 * 1024, FORM_COST = 200 };

void pk_matrix_multiply(const double a[6], const double b[6], double out[6]) {
  double r[6] = {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],        a[2] * b[0] + a[3] * b[2],
                 a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5]};
  memcpy(out, r, sizeof r);
}

pk_box pk_content_bounds(const double m[6], const pk_box *box) {
  const double xs[] = {box->left, box->right}, ys[] = {box->bottom, box->top};
  pk_box out = {INFINITY, INFINITY, -INFINITY, -INFINITY};
  for (size_t i = 0; i < 4; i++) {
    double x = m[0] * xs[i & 1] + m[2] * ys[i >> 1] + m[4], y = m[1] * xs[i & 1] + m[3] * ys[i >> 1] + m[5];
    out = (pk_box){fmin(out.left, x), fmin(out.bottom, y), fmax(out.right, x), fmax(out.top, y)};
  }
  return out;
}

qpdf_oh pk_content_resource(pk_interpreter *in, const char *kind, const char *name) {
  g_autofree char *spelt = g_strconcat("/", name, NULL);
  return qpdf_oh_get_key_if_dict(in->qpdf, qpdf_oh_get_key_if_dict(in->qpdf, in->resources, kind), spelt);
}

void pk_content_give(pk_interpreter *in, pk_element *e, const pk_box *box) {
  const pk_box *clip = &in->now.clip;
  pk_box seen = {fmax(box->left, clip->left), fmax(box->bottom, clip->bottom), fmin(box->right, clip->right),
                 fmin(box->top, clip->top)};
  if (!(seen.right >= seen.left && seen.top >= seen.bottom)) return;
  if (in->base->what && !e->what) e->what = in->base->what;
  e->rect = (pk_rect){seen.left, seen.bottom, seen.right - seen.left, seen.top - seen.bottom};
  pk_checker_element(in->checker, e);
}

/* ---- forms --------------------------------------------------------------- */

static void run(pk_interpreter *in, const char *content, size_t size);

static bool is_hidden(pk_interpreter *in, qpdf_oh dict) {
  return strcmp(pk_reader_name(in->qpdf, qpdf_oh_get_key_if_dict(in->qpdf, dict, "/Subtype2")), "PS") == 0;
}

static void enter_box(pk_interpreter *in, qpdf_oh dict) {
  pk_box box;
  if (!pk_reader_box(in->qpdf, qpdf_oh_get_key_if_dict(in->qpdf, dict, "/BBox"), &box)) return;
  box = pk_content_bounds(in->now.ctm, &box);
  pk_box *clip = &in->now.clip;
  *clip = (pk_box){fmax(clip->left, box.left), fmax(clip->bottom, box.bottom), fmin(clip->right, box.right),
                   fmin(clip->top, box.top)};
}

/* The content of a form, kept for the next time it is drawn on the page; NULL if it
 * cannot be decoded, or all forms together are too large. */
static const GString *form_content(pk_interpreter *in, qpdf_oh stream) {
  gpointer key = GINT_TO_POINTER(qpdf_oh_get_object_id(in->qpdf, stream)), known;
  if (g_hash_table_lookup_extended(in->contents, key, NULL, &known)) return known;
  GString *content = g_string_new(NULL);
  size_t left = FORM_BYTES_MAX - MIN(in->form_bytes, FORM_BYTES_MAX);
  if (pk_reader_decode(in->qpdf, stream, left, content) != PK_DECODE_OK) {
    g_string_free(content, TRUE);
    content = NULL;
  } else {
    in->form_bytes += content->len;
  }
  g_hash_table_insert(in->contents, key, content);
  return content;
}

/* Runs a stream as content of its own; `matrix` takes its units to the page. */
static void run_stream(pk_interpreter *in, qpdf_oh stream, qpdf_oh dict, const double matrix[6]) {
  const GString *content = form_content(in, stream);
  if (!content) return;
  *in->left -= MIN(*in->left - 1, FORM_COST); /* to enter one takes that long */
  pk_gstate before = in->now;
  qpdf_oh resources = in->resources, own = qpdf_oh_get_key_if_dict(in->qpdf, dict, "/Resources");
  int object = in->object;
  size_t depth = in->depth;
  double text[6], line[6], place[6];
  memcpy(text, in->text, sizeof text);
  memcpy(line, in->line, sizeof line);
  memcpy(place, in->place, sizeof place);
  memcpy(in->now.ctm, matrix, sizeof in->now.ctm);
  memcpy(in->place, matrix, sizeof in->place);
  enter_box(in, dict);
  if (qpdf_oh_is_dictionary(in->qpdf, own)) in->resources = own;
  in->object = qpdf_oh_get_object_id(in->qpdf, stream);
  in->forms++;
  size_t kept_size = MIN(in->depth, PK_STATES_MAX) * sizeof *in->saved;
  pk_gstate *kept = g_memdup2(in->saved, kept_size);
  in->depth = 0;
  run(in, content->str, content->len);
  if (kept_size) memcpy(in->saved, kept, kept_size);
  g_free(kept);
  in->forms--;
  in->depth = depth;
  in->object = object;
  in->resources = resources;
  in->now = before;
  memcpy(in->text, text, sizeof text);
  memcpy(in->line, line, sizeof line);
  memcpy(in->place, place, sizeof place);
}

static void run_form(pk_interpreter *in, qpdf_oh stream, qpdf_oh dict) {
  double matrix[6];
  if (in->forms >= PK_FORMS_DEEP || is_hidden(in, dict)) return;
  pk_reader_matrix(in->qpdf, qpdf_oh_get_key_if_dict(in->qpdf, dict, "/Matrix"), matrix);
  pk_matrix_multiply(matrix, in->now.ctm, matrix);
  run_stream(in, stream, dict, matrix);
}

void pk_content_tile(pk_interpreter *in, int object, const pk_box *box) {
  double matrix[6];
  pk_box cell;
  if (in->forms >= PK_FORMS_DEEP) return;
  qpdf_oh stream = qpdf_get_object_by_id(in->qpdf, object, 0);
  qpdf_oh dict = qpdf_oh_get_dict(in->qpdf, stream);
  if (!pk_reader_box(in->qpdf, qpdf_oh_get_key_if_dict(in->qpdf, dict, "/BBox"), &cell)) return;
  pk_reader_matrix(in->qpdf, qpdf_oh_get_key_if_dict(in->qpdf, dict, "/Matrix"), matrix);
  pk_matrix_multiply(matrix, in->place, matrix);
  cell = pk_content_bounds(matrix, &cell);
  matrix[4] += (box->left + box->right - cell.left - cell.right) / 2;
  matrix[5] += (box->bottom + box->top - cell.bottom - cell.top) / 2;
  pk_gstate before = in->now;
  pk_box path = in->path;
  bool has_path = in->has_path, is_rectangle = in->is_rectangle, is_one = in->is_one;
  int clips = in->clips;
  in->now.fill_tile = 0;
  run_stream(in, stream, dict, matrix);
  in->now = before;
  in->path = path;
  in->has_path = has_path;
  in->is_rectangle = is_rectangle;
  in->is_one = is_one;
  in->clips = clips;
}

static void draw_object(pk_interpreter *in, const char *name) {
  qpdf_oh stream = pk_content_resource(in, "/XObject", name);
  if (!qpdf_oh_is_stream(in->qpdf, stream)) return;
  qpdf_oh dict = qpdf_oh_get_dict(in->qpdf, stream);
  g_autofree char *kind = g_strdup(pk_reader_name(in->qpdf, qpdf_oh_get_key(in->qpdf, dict, "/Subtype")));
  if (strcmp(kind, "Image") == 0)
    pk_content_picture(in, stream);
  else if (strcmp(kind, "Form") == 0)
    run_form(in, stream, dict);
  else {
    pk_fault fault = {.code = PK_CODE_STANDARD_RULE, .page = in->page, .span = in->base->span};
    pk_checker_fault(in->checker, &fault, "the page holds PostScript (object %d)",
                     qpdf_oh_get_object_id(in->qpdf, stream));
  }
}

/* ---- operators ----------------------------------------------------------- */

static GHashTable *list_operators(void) {
  static const pk_operator *const tables[] = {pk_path_operators, pk_text_operators, pk_state_operators};
  GHashTable *all = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t t = 0; t < G_N_ELEMENTS(tables); t++)
    for (const pk_operator *o = tables[t]; o->name; o++) g_hash_table_insert(all, (gpointer)o->name, (gpointer)o);
  return all;
}

static pk_operands gather(const pk_operand *operands, size_t count) {
  pk_operands o = {.all = operands, .count = count};
  size_t numbers = 0, skipped;
  for (size_t i = 0; i < count; i++) {
    numbers += operands[i].kind == PK_OPERAND_NUMBER;
    if (operands[i].kind == PK_OPERAND_NAME) o.name = operands[i].bytes;
  }
  skipped = numbers > PK_PLATES_MAX ? numbers - PK_PLATES_MAX : 0;
  for (size_t i = 0; i < count; i++) {
    if (operands[i].kind != PK_OPERAND_NUMBER) continue;
    if (skipped)
      skipped--;
    else
      o.n[o.numbers++] = operands[i].number;
  }
  return o;
}

static bool take(void *data, const pk_operation *operation) {
  pk_interpreter *in = data;
  const char *name = operation->name;
  if (*in->left == 0) return false;
  if (--*in->left == 0) {
    pk_fault fault = {.code = PK_CODE_PDF_TOO_LARGE, .page = in->page, .span = in->base->span};
    pk_checker_fault(in->checker, &fault,
                     "the file is drawn by more than %d operators; from here on it was not checked", PK_OPERATORS_MAX);
    return false;
  }
  pk_operands o = gather(operation->operands, operation->count);
  /* What an operator with a name looks up is of no use after it. */
  bool looks_up = o.name || strcmp(name, "BI") == 0;
  qpdf_oh mark = looks_up ? pk_reader_mark(in->qpdf) : 0;
  if (strcmp(name, "Do") == 0) {
    if (o.name) draw_object(in, o.name);
  } else if (strcmp(name, "BI") == 0) {
    pk_content_inline_picture(in, operation->operands, operation->count);
  } else {
    const pk_operator *known = g_hash_table_lookup(in->operators, name);
    if (known && o.numbers >= known->numbers) known->run(in, &o);
  }
  if (looks_up) pk_reader_release_since(in->qpdf, mark);
  return true;
}

static void run(pk_interpreter *in, const char *content, size_t size) {
  in->has_path = false;
  in->clips = 0;
  if (pk_tokens_read(content, size, take, in)) return;
  pk_fault fault = {.code = PK_CODE_PDF_DAMAGED, .page = in->page, .span = in->base->span};
  pk_checker_fault(in->checker, &fault, "the content of object %d is damaged", in->object);
}

/* ---- the page ------------------------------------------------------------ */

static void free_content(gpointer content) {
  if (content) g_string_free(content, TRUE);
}

static void begin_state(pk_interpreter *in, const double place[6]) {
  pk_gstate *now = &in->now;
  memcpy(now->ctm, place, sizeof now->ctm);
  memcpy(in->place, place, sizeof in->place);
  pk_box media = in->reader->pages[in->page].media;
  now->clip = pk_content_bounds(place, &media);
  now->fill_space = now->stroke_space = (pk_space){.kind = PK_SPACE_GREY, .components = 1};
  now->fill.inks[3] = now->stroke.inks[3] = 1;
  now->line_width = now->stretch = 1;
}

pk_status pk_content_check(pk_job *job, const pk_reader *reader, size_t page, const double place[6],
                           const pk_element *base, GHashTable *fonts, size_t *left, pk_checker *checker) {
  g_autoptr(GString) content = g_string_new(NULL);
  pk_status status = pk_reader_content(job, reader, page, content);
  if (status != PK_OK) return status;
  pk_interpreter *in = g_new0(pk_interpreter, 1);
  in->job = job;
  in->reader = reader;
  in->qpdf = reader->qpdf;
  in->checker = checker;
  in->base = base;
  in->page = page;
  in->left = left;
  in->contents = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_content);
  in->fonts = fonts ? g_hash_table_ref(fonts) : g_hash_table_new(g_direct_hash, g_direct_equal);
  in->operators = list_operators();
  qpdf_oh mark = pk_reader_mark(in->qpdf);
  qpdf_oh contents = qpdf_oh_get_key(in->qpdf, reader->pages[page].object, "/Contents");
  in->object = qpdf_oh_get_object_id(in->qpdf, contents);
  in->resources = qpdf_oh_get_key(in->qpdf, reader->pages[page].object, "/Resources");
  begin_state(in, place);
  run(in, content->str, content->len);
  pk_reader_release_since(in->qpdf, mark);
  g_hash_table_unref(in->contents);
  g_hash_table_unref(in->operators);
  g_hash_table_unref(in->fonts);
  g_free(in);
  return PK_OK;
}
