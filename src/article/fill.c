/* Fills {facts.x} and {row.x} into an article before it is parsed.
 *
 * In:  the file, and where its body begins. Out: a text in which values stand for
 *      their places, as words and never as Markdown, with the steps back to the
 *      file, so that everything that is told later is told of the file.
 *
 * A value is escaped as CommonMark asks (0.30, 2.4). A line break in it is a hard
 * one, in a heading or a table a space. In the target of a link or an image,
 * blanks are written as %20. */
#include <string.h>

#include "article/reader.h"
#include "spec/merge.h"

typedef struct {
  pk_job *job;
  const pk_source *source;
  pk_lang lang;
  GString *text;
  GArray *steps; /* of pk_source_step */
} filler;

/* Is the byte at `at` inside the parentheses of "](target"? */
static bool is_in_target(const pk_source *source, size_t body, size_t at) {
  for (; at > body; at--) {
    char c = source->text[at - 1];
    if (c == '(') return at >= 2 && source->text[at - 2] == ']';
    if (c == '<') return false;
    if (strchr(" \t\r\n)", c)) return false;
  }
  return false;
}

/* What opens the line of `at`, past blanks. */
static char line_opening(const pk_source *source, size_t body, size_t at) {
  while (at > body && source->text[at - 1] != '\n') at--;
  while (strchr(" \t>", source->text[at]) && source->text[at]) at++;
  return source->text[at];
}

static void append_target(GString *out, const char *value) {
  for (; *value; value++) {
    if ((guchar)*value <= 0x20)
      g_string_append_printf(out, "%%%02X", (guchar)*value);
    else {
      if (strchr("()<>\\", *value)) g_string_append_c(out, '\\');
      g_string_append_c(out, *value);
    }
  }
}

/* Does a value that begins a line begin a list there: "-", "+", "12." or "3)"? */
static bool is_list_mark(const char *value, size_t *digits) {
  *digits = strspn(value, "0123456789");
  return *digits ? value[*digits] == '.' || value[*digits] == ')' : strchr("-+=:", *value) && *value;
}

static void append_words(GString *out, const char *value, bool is_one_line) {
  size_t digits;
  const char *mark = is_list_mark(value, &digits) ? value + digits : NULL;
  for (const char *at = value; *at; at++) {
    if (*at == '\r') continue;
    if (*at == '\n') {
      if (at[1]) g_string_append(out, is_one_line ? " " : "\\\n");
      while (at[1] == '\n' || at[1] == '\r') at++;
      continue;
    }
    if (at == mark || strchr("\\`*_{}[]<>#|~!^&\"'$", *at)) {
      /* Quotes stay what they are: they are set as the language has them. */
      if (*at != '"' && *at != '\'') g_string_append_c(out, '\\');
    }
    g_string_append_c(out, *at);
  }
}

static bool fill_place(filler *f, size_t body, size_t at, const pk_merge_place *place) {
  pk_span span = {f->source, (uint32_t)at, (uint32_t)(at + place->length)};
  const char *value = "";
  bool is_fine = pk_merge_value(f->job, place, f->lang, span, &value);
  pk_source_step step = {(uint32_t)f->text->len, 0, span.start, span.end - span.start};
  if (is_in_target(f->source, body, at))
    append_target(f->text, value);
  else
    append_words(f->text, value, strchr("#|", line_opening(f->source, body, at)));
  step.size = (uint32_t)f->text->len - step.at;
  g_array_append_val(f->steps, step);
  return is_fine;
}

bool pk_article_fill_body(pk_job *job, size_t body, pk_lang lang, const pk_source **source) {
  const char *text = (*source)->text, *end = text + (*source)->size, *copied = text;
  filler f = {job, *source, lang, NULL, NULL};
  bool is_fine = true;
  for (const char *at = text + body; at < end && (at = memchr(at, '{', (size_t)(end - at))); at++) {
    pk_merge_place place;
    if ((at > text && at[-1] == '\\') || !pk_merge_place_at(at, end, &place)) continue;
    if (!f.text) {
      f.text = g_string_sized_new((*source)->size);
      f.steps = g_array_new(FALSE, FALSE, sizeof(pk_source_step));
    }
    g_string_append_len(f.text, copied, at - copied);
    is_fine = fill_place(&f, body, (size_t)(at - text), &place) && is_fine;
    copied = at + place.length;
    at = copied - 1;
  }
  if (!f.text) return true;
  g_string_append_len(f.text, copied, end - copied);
  size_t size = f.text->len, count = f.steps->len;
  const char *kept = pk_arena_strndup(job->arena, f.text->str, size);
  g_string_free(f.text, TRUE);
  const pk_source_step *steps = pk_arena_take_array(job->arena, f.steps);
  *source = pk_source_new_filled(job->arena, *source, kept, size, steps, count);
  return is_fine;
}

/* ---- front matter ------------------------------------------------------------ */

bool pk_article_fill_front(pk_job *job, const pk_source *source, size_t start, size_t end, const pk_node **map) {
  if (!memmem(source->text + start, end - start, "{facts.", 7) &&
      !memmem(source->text + start, end - start, "{row.", 5))
    return true;
  return pk_merge_fill_node(job, *map, map);
}
