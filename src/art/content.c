/* Rewrites the colours of a PDF content stream (ISO 32000-1, 7.8.2 and 8.6.8).
 *
 * In:  a content stream, RGB or grey. Out: the same bytes but for the operators
 * that set a device colour. Tokens are only delimited, not understood: what is
 * no colour operator is copied as it stands, so nothing else can change. Which
 * space `sc` and `scn` speak of follows the graphics state through q and Q. */
#include "art/content.h"

#include <string.h>

enum { MAX_OPERANDS = 4, MAX_STATES = 512 };

typedef enum { SPACE_OTHER, SPACE_GREY, SPACE_RGB } space;
typedef struct {
  space fill, stroke;
} state;

typedef struct {
  const char *at, *end;
} cursor;

typedef struct {
  double numbers[MAX_OPERANDS]; /* the last ones, if all operands were numbers */
  const char *starts[MAX_OPERANDS];
  size_t count;     /* of numbers in a row before the operator */
  const char *name; /* the last operand if it is a name, past the slash */
  size_t name_size;
  const char *name_start;
} operands;

static bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}
static bool is_delimiter(char c) {
  return c != 0 && strchr("()<>[]{}/%", c) != NULL;
}

static void skip_string(cursor *c) {
  int depth = 0;
  do {
    char at = *c->at++;
    if (at == '\\' && c->at < c->end) c->at++;
    depth += at == '(' ? 1 : at == ')' ? -1 : 0;
  } while (depth > 0 && c->at < c->end);
}

/* Past one token that begins at `c->at`, which is no space. */
static void skip_token(cursor *c) {
  char first = *c->at;
  if (first == '(') {
    skip_string(c);
  } else if (first == '%') {
    while (c->at < c->end && *c->at != '\n' && *c->at != '\r') c->at++;
  } else if (first == '<' && c->end - c->at > 1 && c->at[1] == '<') {
    c->at += 2;
  } else if (first == '<') {
    while (c->at < c->end && *c->at != '>') c->at++;
    if (c->at < c->end) c->at++;
  } else if (first != '/' && is_delimiter(first)) {
    c->at++; /* brackets of arrays and dictionaries, one at a time */
  } else {
    c->at++;
    while (c->at < c->end && !is_space(*c->at) && !is_delimiter(*c->at)) c->at++;
  }
}

/* Past the data of an inline picture: from behind `ID` to behind `EI`. */
static void skip_inline_data(cursor *c) {
  for (const char *at = c->at; c->end - at >= 3; at++) {
    if (!is_space(at[0]) || at[1] != 'E' || at[2] != 'I') continue;
    if (c->end - at > 3 && !is_space(at[3])) continue;
    c->at = at + 3;
    return;
  }
  c->at = c->end;
}

static bool is_number(const char *token, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (!g_ascii_isdigit(token[i]) && token[i] != '.' && token[i] != '-' && token[i] != '+') return false;
  return true;
}

static bool is_word(const char *token, size_t size, const char *word) {
  return strlen(word) == size && memcmp(token, word, size) == 0;
}

static void add_number(operands *o, const char *token, size_t size) {
  char digits[32] = "";
  memcpy(digits, token, MIN(size, sizeof digits - 1));
  if (o->count == MAX_OPERANDS) {
    memmove(o->numbers, o->numbers + 1, sizeof o->numbers - sizeof *o->numbers);
    memmove(o->starts, o->starts + 1, sizeof o->starts - sizeof *o->starts);
    o->count--;
  }
  o->starts[o->count] = token;
  o->numbers[o->count++] = g_ascii_strtod(digits, NULL);
}

void pk_content_number(GString *out, double value) {
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(text, sizeof text, "%.4f", value);
  size_t size = strlen(text);
  while (text[size - 1] == '0') size--;
  if (text[size - 1] == '.') size--;
  if (size == 2 && memcmp(text, "-0", 2) == 0) text[0] = '0', size = 1;
  g_string_append_len(out, text, (gssize)size);
}

/* ---- operators ----------------------------------------------------------- */

typedef struct {
  pk_mapper *mapper;
  GString *out;
  const char *copied; /* all before it is in `out` */
  state now;
  state saved[MAX_STATES];
  size_t depth; /* may pass MAX_STATES: those states are not kept */
  bool is_complete;
} rewriter;

/* Puts a colour where the operands from `start` and their operator stood. */
static void put_colour(rewriter *r, const char *start, const char *end, const double rgb[3], bool is_stroke) {
  double cmyk[4], share;
  size_t ink;
  g_string_append_len(r->out, r->copied, start - r->copied);
  /* A name may follow an operator without a space, a number may not. */
  char before = r->out->len ? r->out->str[r->out->len - 1] : ' ';
  if (!is_space(before) && !is_delimiter(before)) g_string_append_c(r->out, ' ');
  r->copied = end;
  if (pk_mapper_plate(r->mapper, rgb, &ink, &share)) {
    g_string_append_printf(r->out, "/" PK_CONTENT_PLATE " %s ", ink, is_stroke ? "CS" : "cs");
    pk_content_number(r->out, share);
    g_string_append(r->out, is_stroke ? " SCN" : " scn");
    return;
  }
  pk_mapper_map(r->mapper, rgb, cmyk);
  for (int i = 0; i < 4; i++) {
    pk_content_number(r->out, cmyk[i]);
    g_string_append_c(r->out, ' ');
  }
  g_string_append(r->out, is_stroke ? "K" : "k");
}

static void put_device_colour(rewriter *r, const operands *o, space which, const char *end, bool is_stroke) {
  size_t need = which == SPACE_RGB ? 3 : 1;
  if (o->count < need) return;
  const double *last = o->numbers + o->count - need;
  double rgb[3] = {last[0], last[0], last[0]};
  if (which == SPACE_RGB) memcpy(rgb, last, sizeof rgb);
  put_colour(r, o->starts[o->count - need], end, rgb, is_stroke);
}

/* `cs` of a device space also sets black. */
static void choose_space(rewriter *r, const operands *o, const char *end, bool is_stroke) {
  space chosen = SPACE_OTHER;
  if (o->name && is_word(o->name, o->name_size, "DeviceRGB")) chosen = SPACE_RGB;
  if (o->name && is_word(o->name, o->name_size, "DeviceGray")) chosen = SPACE_GREY;
  *(is_stroke ? &r->now.stroke : &r->now.fill) = chosen;
  if (chosen != SPACE_OTHER) put_colour(r, o->name_start, end, (const double[3]){0}, is_stroke);
}

static void save_state(rewriter *r) {
  if (r->depth < MAX_STATES) r->saved[r->depth] = r->now;
  r->depth++;
}

static void restore_state(rewriter *r) {
  if (r->depth == 0) return;
  r->depth--;
  if (r->depth < MAX_STATES) r->now = r->saved[r->depth];
}

static void apply_operator(rewriter *r, const operands *o, const char *token, const char *end) {
  size_t size = (size_t)(end - token);
  bool is_stroke = g_ascii_isupper(token[0]);
  space *now = is_stroke ? &r->now.stroke : &r->now.fill;
  if (is_word(token, size, "q")) {
    save_state(r);
  } else if (is_word(token, size, "Q")) {
    restore_state(r);
  } else if (is_word(token, size, "rg") || is_word(token, size, "RG")) {
    *now = SPACE_RGB;
    put_device_colour(r, o, SPACE_RGB, end, is_stroke);
  } else if (is_word(token, size, "g") || is_word(token, size, "G")) {
    *now = SPACE_GREY;
    put_device_colour(r, o, SPACE_GREY, end, is_stroke);
  } else if (is_word(token, size, "k") || is_word(token, size, "K")) {
    *now = SPACE_OTHER;
  } else if (is_word(token, size, "cs") || is_word(token, size, "CS")) {
    choose_space(r, o, end, is_stroke);
  } else if (is_word(token, size, "sc") || is_word(token, size, "scn") || is_word(token, size, "SC") ||
             is_word(token, size, "SCN")) {
    if (*now != SPACE_OTHER) put_device_colour(r, o, *now, end, is_stroke);
  }
}

/* An inline picture is kept as it is; masks and grey ones are fine that way. */
static void pass_inline_picture(rewriter *r, cursor *c) {
  const char *start = c->at;
  skip_inline_data(c);
  const char *data = g_strstr_len(start, c->at - start, "ID");
  gssize header = data ? data - start : c->at - start;
  if (g_strstr_len(start, header, "RGB")) r->is_complete = false;
}

static void note_operand(operands *o, const char *token, const char *end) {
  size_t size = (size_t)(end - token);
  o->name = NULL;
  if (token[0] == '/') {
    o->name = token + 1;
    o->name_size = size - 1;
    o->name_start = token;
    o->count = 0;
  } else if (is_number(token, size)) {
    add_number(o, token, size);
  } else {
    o->count = 0;
  }
}

bool pk_content_map(pk_mapper *mapper, const char *content, size_t size, GString *out) {
  g_autofree rewriter *r = g_new0(rewriter, 1);
  *r =
      (rewriter){.mapper = mapper, .out = out, .copied = content, .is_complete = true, .now = {SPACE_GREY, SPACE_GREY}};
  cursor c = {content, content + size};
  operands o = {.count = 0};
  while (c.at < c.end) {
    if (is_space(*c.at)) {
      c.at++;
      continue;
    }
    const char *token = c.at;
    skip_token(&c);
    if (*token == '%') continue;
    if (!g_ascii_isalpha(*token) && *token != '\'' && *token != '"') {
      note_operand(&o, token, c.at);
      continue;
    }
    if (is_word(token, (size_t)(c.at - token), "BI"))
      pass_inline_picture(r, &c);
    else
      apply_operator(r, &o, token, c.at);
    o = (operands){.count = 0};
  }
  g_string_append_len(out, r->copied, c.end - r->copied);
  return r->is_complete;
}

void pk_art_map_colours(const char *content, size_t size, const pk_art_colours *colours, GString *out) {
  if (!colours->is_press) {
    g_string_append_len(out, content, (gssize)size);
    return;
  }
  pk_mapper mapper = {.colours = colours};
  pk_content_map(&mapper, content, size, out);
  pk_mapper_clear(&mapper);
}
