/* Finds what an SVG refers to outside itself.
 *
 * In:  the text of an SVG, not to be trusted. Out: the first reference that
 * leads out: href of an element that draws, url() of a paint, filter or mask,
 * @import and url() of style sheets, xml-stylesheet, entities of other files.
 * librsvg refuses to open such things and leaves a hole without a word.
 *
 * This reads tags only as far as needed (XML 1.0, 2.4-3.1; CSS Values 4, 4.5):
 * what is not well formed is librsvg's to refuse. */
#include "art/outside.h"

#include <string.h>

enum { MAX_DEPTH = 4, MAX_VALUE = 64 * 1024, MAX_CSS_ADDRESS = 256, MAX_ENTITY = 12 };

#define DRAWING "data:image/svg"

typedef struct {
  const uint8_t *data, *at, *end;
  unsigned depth; /* of drawings inside drawings */
  bool has_style; /* `found` holds a style sheet; something drawn goes before it */
  char element[32];
  pk_outside *found;
} walker;

static bool walk(walker *w);

static unsigned line_of(const walker *w) {
  unsigned line = 1;
  for (const uint8_t *at = w->data; at < w->at; at++) line += *at == '\n';
  return line;
}

static bool note(walker *w, bool is_style, const char *reference) {
  if (is_style && w->has_style) return false;
  w->has_style = w->has_style || is_style;
  pk_outside *found = w->found;
  found->is_style = is_style;
  found->line = line_of(w);
  g_strlcpy(found->element, w->element, sizeof found->element);
  g_strlcpy(found->reference, reference, sizeof found->reference);
  const char *end;
  if (!g_utf8_validate(found->reference, -1, &end)) found->reference[end - found->reference] = 0;
  return !is_style;
}

/* ---- one reference ------------------------------------------------------- */

/* A drawing in a `data:` address (RFC 2397) is looked into like the one around it. */
static bool look_into(walker *w, const char *address) {
  const char *comma = strchr(address, ',');
  if (!comma || w->depth == MAX_DEPTH || g_ascii_strncasecmp(address, DRAWING, strlen(DRAWING)) != 0) return false;
  bool is_base64 = g_strstr_len(address, comma - address, ";base64") != NULL;
  gsize size = 0;
  g_autofree char *plain = is_base64 ? NULL : g_uri_unescape_string(comma + 1, NULL);
  g_autofree guchar *decoded = is_base64 ? g_base64_decode(comma + 1, &size) : NULL;
  const uint8_t *data = is_base64 ? decoded : (const uint8_t *)plain;
  if (plain) size = strlen(plain);
  if (!data) return false;
  walker inner = {.data = data,
                  .at = data,
                  .end = data + size,
                  .depth = w->depth + 1,
                  .has_style = w->has_style,
                  .found = w->found};
  bool is_found = walk(&inner);
  w->has_style = inner.has_style;
  w->found->line = is_found ? line_of(w) : w->found->line;
  return is_found;
}

static bool check(walker *w, bool is_style, const char *reference) {
  while (g_ascii_isspace(*reference)) reference++;
  if (!*reference || *reference == '#') return false;
  if (g_ascii_strncasecmp(reference, "data:", 5) == 0) return !is_style && look_into(w, reference);
  return note(w, is_style, reference);
}

/* ---- style sheets -------------------------------------------------------- */

/* Checks what stands in quotes or up to `close`. */
static bool check_css_text(walker *w, bool is_style, const char *at, char close) {
  while (g_ascii_isspace(*at)) at++;
  char quote = *at == '"' || *at == '\'' ? *at++ : close;
  size_t most = strnlen(at, MAX_CSS_ADDRESS);
  const char *end = memchr(at, quote, most);
  g_autofree char *reference = g_strndup(at, end ? (gsize)(end - at) : most);
  return check(w, is_style, g_strchomp(reference));
}

static bool check_css(walker *w, bool is_sheet, const char *css) {
  for (const char *at = css; (at = strpbrk(at, "@uU/")); at++) {
    const char *close;
    if (at[0] == '/' && at[1] == '*') {
      if (!(close = strstr(at + 2, "*/"))) return false;
      at = close;
    } else if (is_sheet && g_ascii_strncasecmp(at, "@namespace", 10) == 0) {
      if (!(close = strchr(at, ';'))) return false;
      at = close;
    } else if (is_sheet && g_ascii_strncasecmp(at, "@import", 7) == 0) {
      const char *next = at + 7 + strspn(at + 7, " \t\r\n");
      if ((*next == '"' || *next == '\'') && check_css_text(w, true, next, ';')) return true;
    } else if (g_ascii_strncasecmp(at, "url(", 4) == 0) {
      if (check_css_text(w, is_sheet, at + 4, ')')) return true;
    }
  }
  return false;
}

/* ---- attributes ---------------------------------------------------------- */

/* Elements whose href is drawn or lends something to what is drawn. */
static bool is_drawn(const char *element) {
  static const char *const names[] = {"image",  "use",  "feImage",  "linearGradient", "radialGradient", "pattern",
                                      "filter", "tref", "textPath", "include",        "font-face-uri"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(element, names[i]) == 0) return true;
  return false;
}

static const char *local_name(const char *name) {
  const char *colon = strchr(name, ':');
  return colon ? colon + 1 : name;
}

static gunichar character_of(const char *reference, const char *end) {
  static const struct {
    const char *name;
    char letter;
  } named[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  size_t size = (size_t)(end + 1 - reference);
  for (size_t i = 0; i < G_N_ELEMENTS(named); i++)
    if (size == strlen(named[i].name) && memcmp(reference, named[i].name, size) == 0) return (guchar)named[i].letter;
  if (reference[1] != '#') return 0;
  bool is_hex = reference[2] == 'x';
  guint64 value = g_ascii_strtoull(reference + (is_hex ? 3 : 2), NULL, is_hex ? 16 : 10);
  return value < 0x110000 ? (gunichar)value : 0;
}

/* Replaces the predefined entities and character references. Another entity
 * stays as it is written, and so counts as leading out where one begins a
 * reference. */
static char *unescape(const uint8_t *text, size_t size) {
  const char *at = (const char *)text, *end = at + size;
  GString *out = g_string_sized_new(size + 1);
  while (at < end) {
    const char *mark = memchr(at, '&', (size_t)(end - at));
    g_string_append_len(out, at, (mark ? mark : end) - at);
    if (!mark) break;
    const char *semicolon = memchr(mark, ';', (size_t)MIN(end - mark, MAX_ENTITY));
    gunichar letter = semicolon ? character_of(mark, semicolon) : 0;
    if (letter)
      g_string_append_unichar(out, letter);
    else
      g_string_append_c(out, '&');
    at = letter ? semicolon + 1 : mark + 1;
  }
  return g_string_free(out, FALSE);
}

static bool check_attribute(walker *w, const char *name, const uint8_t *text, size_t size) {
  bool is_href = strcmp(local_name(name), "href") == 0;
  if (is_href ? !is_drawn(w->element) : strchr(name, ':') || !memmem(text, size, "url(", 4)) return false;
  bool is_drawing = size > strlen(DRAWING) && memcmp(text, DRAWING, strlen(DRAWING)) == 0;
  g_autofree char *value = unescape(text, is_drawing ? size : MIN(size, MAX_VALUE));
  return is_href ? check(w, false, value) : check_css(w, false, value);
}

/* ---- tags ---------------------------------------------------------------- */

static bool is_name(uint8_t c) {
  return g_ascii_isalnum(c) || c == ':' || c == '-' || c == '_' || c == '.' || c >= 0x80;
}

static void read_name(walker *w, char *name, size_t room) {
  size_t length = 0;
  while (w->at < w->end && is_name(*w->at)) {
    if (length + 1 < room) name[length++] = (char)*w->at;
    w->at++;
  }
  name[length] = 0;
}

/* Reads up to the end of the tag. `*is_closed` tells of <this/>. */
static bool walk_attributes(walker *w, bool *is_closed) {
  *is_closed = false;
  while (w->at < w->end && *w->at != '>') {
    char name[64];
    *is_closed = *w->at == '/';
    if (!is_name(*w->at)) {
      w->at++;
      continue;
    }
    read_name(w, name, sizeof name);
    while (w->at < w->end && (g_ascii_isspace(*w->at) || *w->at == '=')) w->at++;
    if (w->at == w->end || (*w->at != '"' && *w->at != '\'')) continue;
    const uint8_t *start = w->at + 1, *close = memchr(start, *w->at, (size_t)(w->end - start));
    if (!close) return false;
    if (check_attribute(w, name, start, (size_t)(close - start))) return true;
    w->at = close + 1;
  }
  return false;
}

/* To behind the next `word`, or the end. Returns where it began. */
static const uint8_t *skip(walker *w, const char *word) {
  const uint8_t *found = memmem(w->at, (size_t)(w->end - w->at), word, strlen(word));
  w->at = found ? found + strlen(word) : w->end;
  return found ? found : w->end;
}

static bool begins(const walker *w, const char *word) {
  size_t length = strlen(word);
  return (size_t)(w->end - w->at) >= length && memcmp(w->at, word, length) == 0;
}

/* The content of <style>, with or without CDATA around it. */
static bool walk_style(walker *w) {
  const uint8_t *start = w->at, *end = memmem(start, (size_t)(w->end - start), "</", 2);
  const uint8_t *data_end = begins(w, "<![CDATA[") ? memmem(start, (size_t)(w->end - start), "]]>", 3) : NULL;
  if (data_end) end = data_end;
  g_autofree char *css = unescape(start, (size_t)((end ? end : w->end) - start));
  if (check_css(w, true, css)) return true;
  w->at = end ? end : w->end;
  return false;
}

static bool walk_instruction(walker *w) {
  bool is_sheet = begins(w, "<?xml-stylesheet");
  const uint8_t *start = w->at, *end = skip(w, "?>");
  if (!is_sheet) return false;
  g_autofree char *text = unescape(start, (size_t)(end - start));
  const char *href = strstr(text, "href");
  const char *value = href ? strpbrk(href, "\"'") : NULL;
  g_strlcpy(w->element, "xml-stylesheet", sizeof w->element);
  return value && check_css_text(w, true, value, *value);
}

static void skip_spaces(walker *w) {
  while (w->at < w->end && g_ascii_isspace(*w->at)) w->at++;
}

/* Past a text in quotes, which is copied where `text` is given. */
static void skip_quoted(walker *w, char **text) {
  skip_spaces(w);
  if (w->at == w->end || (*w->at != '"' && *w->at != '\'')) return;
  const uint8_t *start = w->at + 1, *close = memchr(start, *w->at, (size_t)(w->end - start));
  if (text) *text = g_strndup((const char *)start, (gsize)((close ? close : w->end) - start));
  w->at = close ? close + 1 : w->end;
}

/* <!ENTITY name "text">, or of another file: SYSTEM "file", PUBLIC "name" "file". */
static bool walk_entity(walker *w) {
  char name[64];
  g_autofree char *file = NULL;
  w->at += strlen("<!ENTITY");
  skip_spaces(w);
  if (begins(w, "%")) w->at++, skip_spaces(w);
  read_name(w, name, sizeof name);
  skip_spaces(w);
  read_name(w, name, sizeof name);
  if (strcmp(name, "PUBLIC") == 0) skip_quoted(w, NULL);
  skip_quoted(w, &file);
  return *name && file && check(w, false, file);
}

/* <!DOCTYPE svg PUBLIC "..." "..." [ ... ]>: the definition that the type names
 * is read by nobody; its entities would be put into the drawing. */
static bool walk_doctype(walker *w) {
  while (w->at < w->end && *w->at != '[' && *w->at != '>')
    *w->at == '"' || *w->at == '\'' ? skip_quoted(w, NULL) : w->at++;
  if (w->at == w->end || *w->at == '>') return false;
  g_strlcpy(w->element, "ENTITY", sizeof w->element);
  while (w->at < w->end && *w->at != ']') {
    if (begins(w, "<!--"))
      skip(w, "-->");
    else if (*w->at == '"' || *w->at == '\'')
      skip_quoted(w, NULL);
    else if (!begins(w, "<!ENTITY"))
      w->at++;
    else if (walk_entity(w))
      return true;
  }
  return false;
}

static bool walk_element(walker *w) {
  char name[64];
  bool is_closed;
  w->at++;
  read_name(w, name, sizeof name);
  g_strlcpy(w->element, local_name(name), sizeof w->element);
  if (walk_attributes(w, &is_closed)) return true;
  if (w->at < w->end) w->at++;
  return !is_closed && strcmp(w->element, "style") == 0 && walk_style(w);
}

/* True when something drawn was found. */
static bool walk(walker *w) {
  while (w->at < w->end && (w->at = memchr(w->at, '<', (size_t)(w->end - w->at)))) {
    bool is_found = false;
    if (begins(w, "<!--"))
      skip(w, "-->");
    else if (begins(w, "<![CDATA["))
      skip(w, "]]>");
    else if (begins(w, "<!DOCTYPE"))
      is_found = walk_doctype(w);
    else if (begins(w, "<?"))
      is_found = walk_instruction(w);
    else if (w->at + 1 < w->end && is_name(w->at[1]))
      is_found = walk_element(w);
    else
      w->at++;
    if (is_found) return true;
  }
  return false;
}

bool pk_outside_find(const uint8_t *data, size_t size, pk_outside *found) {
  walker w = {.data = data, .at = data, .end = data + size, .found = found};
  bool is_drawn_found = walk(&w);
  return is_drawn_found || w.has_style;
}
