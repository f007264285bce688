/* Entries of a batch -> one HTML page with a picture of each piece.
 *
 * The page speaks all languages of the kit; which is shown is chosen by radio
 * buttons and the style sheet, so that no script is needed. It is written piece by
 * piece: the pictures of ten thousand letters are never in memory together. */
#include "build/index.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const pk_batch *batch;
  FILE *out;
  bool speaks[PK_LANG_COUNT];
  unsigned languages;
  pk_lang first;
} page;

/* ---- words ----------------------------------------------------------------------- */

typedef const char *const words[PK_LANG_COUNT];

static const words edition_words[] = {
    [PRESSKIT_PRESS] = {"For the print shop", "Za štampariju", "За штампарију"},
    [PRESSKIT_SCREEN] = {"For the screen", "Za ekran", "За екран"},
    [PRESSKIT_OFFICE] = {"For the office printer", "Za kancelarijski štampač", "За канцеларијски штампач"},
    [PRESSKIT_PROOF] = {"Proof", "Probni otisak", "Пробни отисак"},
    [PRESSKIT_TEXT] = {"Plain text", "Običan tekst", "Обичан текст"},
    [PRESSKIT_HTML] = {"Web page", "Veb-stranica", "Веб-страница"},
};
static const words language_words = {"English", "Srpski (latinica)", "Српски (ћирилица)"};
static const words check_words = {"What is in this folder can be checked with",
                                  "Sadržaj ove fascikle može se proveriti naredbom",
                                  "Садржај ове фасцикле може се проверити наредбом"};

/* One, few, many. */
typedef const char *const counted[PK_LANG_COUNT][3];
static const counted page_words = {
    {"page", "pages", "pages"}, {"strana", "strane", "strana"}, {"страна", "стране", "страна"}};
static const counted file_words = {
    {"file", "files", "files"}, {"datoteka", "datoteke", "datoteka"}, {"датотека", "датотеке", "датотека"}};

/* Which form stands with a number (Unicode CLDR, cardinal rules of en and sr). */
static int form_of(pk_lang lang, size_t number) {
  if (lang == PK_LANG_EN) return number == 1 ? 0 : 2;
  size_t ten = number % 10, hundred = number % 100;
  if (ten == 1 && hundred != 11) return 0;
  return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 1 : 2;
}

/* ---- writing --------------------------------------------------------------------- */

static void put(page *p, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void put(page *p, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vfprintf(p->out, format, args);
  va_end(args);
}

static void put_text(page *p, const char *text) {
  g_autofree char *escaped = g_markup_escape_text(text, -1);
  fputs(escaped, p->out);
}

/* Opens what is seen in one language alone. */
static void open_in(page *p, pk_lang lang) {
  if (p->languages > 1) put(p, "<span class=\"in\" lang=\"%s\">", pk_lang_tag(lang));
}
static void close_in(page *p) {
  if (p->languages > 1) fputs("</span>", p->out);
}

/* The languages that the page speaks, one after the other. */
#define EACH_LANGUAGE(p, lang)                                                                                         \
  for (pk_lang lang = 0; lang < PK_LANG_COUNT; lang++)                                                                 \
    if ((p)->speaks[lang])

static void put_words(page *p, const words of) {
  EACH_LANGUAGE(p, lang) {
    open_in(p, lang);
    put_text(p, of[lang]);
    close_in(p);
  }
}

static void put_count(page *p, pk_lang lang, const counted of, size_t number) {
  put(p, "%zu\u00a0%s", number, of[lang][form_of(lang, number)]);
}

/* "84 kB", "1,4 MB" */
static void put_size(page *p, pk_lang lang, uint64_t bytes) {
  double kilo = (double)bytes / 1000;
  char number[32];
  g_ascii_formatd(number, sizeof number, kilo < 1000 ? "%.0f" : "%.1f", kilo < 1000 ? MAX(kilo, 1) : kilo / 1000);
  if (lang != PK_LANG_EN) g_strdelimit(number, ".", ',');
  put(p, "%s\u00a0%s", number, kilo < 1000 ? "kB" : "MB");
}

static void put_link(page *p, const char *name) {
  g_autofree char *address = g_uri_escape_string(name, "/", FALSE);
  put(p, "href=\"%s\"", address);
}

/* ---- a piece --------------------------------------------------------------------- */

/* What pk_batch_tell() put away: "LANGUAGE WIDTH HEIGHT TITLE", NUL, PNG. */
typedef struct {
  char *bytes;
  const char *title;
  const guchar *png;
  size_t png_size;
  pk_lang lang;
  unsigned width, height;
} picture;

static bool read_picture(const page *p, const pk_piece_entry *e, picture *out) {
  FILE *file = p->batch->pictures;
  char *bytes = out->bytes = g_malloc(e->picture_size + 1);
  bytes[e->picture_size] = 0;
  bool is_read = fseek(file, e->picture_at, SEEK_SET) == 0 && fread(bytes, 1, e->picture_size, file) == e->picture_size;
  int lang, at = 0;
  if (!is_read || sscanf(bytes, "%d %u %u %n", &lang, &out->width, &out->height, &at) != 3) return false;
  size_t head = strlen(bytes) + 1;
  out->lang = (pk_lang)lang;
  out->title = bytes + at;
  out->png = (const guchar *)bytes + head;
  out->png_size = e->picture_size - MIN(head, e->picture_size);
  return true;
}

static void put_sheet(page *p, const picture *of, const char *alternate) {
  g_autofree char *data = g_base64_encode(of->png, of->png_size);
  put(p, "<span class=\"sheet\"><img width=\"%u\" height=\"%u\" loading=\"lazy\" alt=\"", of->width, of->height);
  put_text(p, alternate);
  put(p, "\" src=\"data:image/png;base64,%s\"></span>", data);
}

static const char *kind_of(const pk_piece_entry *e) {
  if (e->variant.edition == PRESSKIT_TEXT) return "TXT";
  if (e->variant.edition == PRESSKIT_HTML) return "HTML";
  return e->variant.format == PRESSKIT_PNG ? "PNG" : "PDF";
}

static void put_facts(page *p, const pk_piece_entry *e, pk_lang of) {
  fputs("<p class=\"facts\">", p->out);
  put_words(p, edition_words[e->variant.edition]);
  if (of != PK_LANG_NONE && p->languages > 1)
    put(p, "<br><span lang=\"%s\">%s</span>", pk_lang_tag(of), language_words[of]);
  put(p, "<br><span class=\"kind\">%s</span>", kind_of(e));
  EACH_LANGUAGE(p, lang) {
    open_in(p, lang);
    if (e->pages) {
      put_count(p, lang, page_words, e->pages);
      fputs(" · ", p->out);
    }
    put_size(p, lang, e->bytes);
    close_in(p);
  }
  fputs("</p>", p->out);
}

/* A file name, which may go on in another line behind what divides it. */
static void put_breakable(page *p, const char *name) {
  while (*name) {
    size_t length = strcspn(name, ".-_") + 1;
    g_autofree char *part = g_strndup(name, length);
    put_text(p, part);
    if (strlen(name) > length) fputs("<wbr>", p->out);
    name += MIN(length, strlen(name));
  }
}

static void put_files(page *p, const pk_piece_entry *e) {
  fputs("<p class=\"files\">", p->out);
  for (char **name = e->files; *name; name++) {
    put(p, "%s<a ", name == e->files ? "" : "<br>");
    put_link(p, *name);
    fputs(">", p->out);
    g_autofree char *last = g_path_get_basename(*name);
    put_breakable(p, last);
    fputs("</a>", p->out);
  }
  fputs("</p>", p->out);
}

static bool put_piece(page *p, const pk_piece_entry *e) {
  picture of = {.lang = e->variant.lang, .title = ""};
  bool is_fine = !e->picture_size || read_picture(p, e, &of);
  const char *title = *of.title ? of.title : e->name;
  if (is_fine) {
    fputs("<li><a class=\"sheet-link\" ", p->out);
    put_link(p, e->files[0]);
    fputs(">", p->out);
    if (e->picture_size) put_sheet(p, &of, title);
    put(p, "</a><div><strong class=\"title\" lang=\"%s\">", of.lang == PK_LANG_NONE ? "und" : pk_lang_tag(of.lang));
    put_text(p, title);
    fputs("</strong>", p->out);
    put_facts(p, e, of.lang);
    put_files(p, e);
    fputs("</div></li>\n", p->out);
  }
  g_free(of.bytes);
  return is_fine;
}

/* ---- the page -------------------------------------------------------------------- */

static void choose_languages(page *p) {
  const pk_kit *kit = p->batch->kit;
  p->first = PK_LANG_NONE;
  for (size_t i = 0; i < kit->document_count; i++) {
    const pk_kit_choices *languages = &kit->documents[i].languages;
    for (size_t k = 0; k < languages->count; k++) {
      if (p->first == PK_LANG_NONE) p->first = (pk_lang)languages->values[k];
      p->speaks[languages->values[k]] = true;
    }
  }
  if (p->first == PK_LANG_NONE) p->speaks[p->first = PK_LANG_EN] = true;
  EACH_LANGUAGE(p, lang) p->languages++;
}

/* A text of the kit in each language that the page speaks; `otherwise` where it is
 * not given. */
static void put_kit_text(page *p, const pk_text *text, const char *otherwise) {
  EACH_LANGUAGE(p, lang) {
    const char *found = pk_text_lookup(text, lang, NULL);
    open_in(p, lang);
    put_text(p, found ? found : otherwise);
    close_in(p);
  }
}

/* "press-release" -> "Press release" */
static char *plain_name(const char *name) {
  char *plain = g_strdup(name);
  g_strdelimit(plain, "-_", ' ');
  *plain = g_ascii_toupper(*plain);
  return plain;
}

/* The style sheet of the buttons: what is chosen hides all other languages. */
static void put_choices(page *p) {
  if (p->languages < 2) return;
  fputs("<style>", p->out);
  EACH_LANGUAGE(p, lang) {
    const char *tag = pk_lang_tag(lang);
    put(p,
        "#in-%s:checked~* .in:not([lang=%s]){display:none}"
        "#in-%s:checked~nav [for=in-%s]{color:var(--ink);border-color:var(--brand)}"
        "#in-%s:focus-visible~nav [for=in-%s]{outline:2px solid var(--brand);outline-offset:3px}",
        tag, tag, tag, tag, tag, tag);
  }
  fputs("</style>\n", p->out);
}

static void put_buttons(page *p) {
  if (p->languages < 2) return;
  EACH_LANGUAGE(p, lang) {
    put(p, "<input class=\"choice\" type=\"radio\" name=\"in\" id=\"in-%s\"%s>", pk_lang_tag(lang),
        lang == p->first ? " checked" : "");
  }
  fputs("\n<nav>", p->out);
  EACH_LANGUAGE(p, lang) {
    const char *tag = pk_lang_tag(lang);
    put(p, "<label for=\"in-%s\" lang=\"%s\">%s</label>", tag, tag, language_words[lang]);
  }
  fputs("</nav>\n", p->out);
}

static void put_head(page *p, const char *folder) {
  const char *title = pk_text_lookup(&p->batch->kit->title, p->first, NULL);
  put(p,
      "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<title>",
      pk_lang_tag(p->first));
  put_text(p, title ? title : folder);
  put(p, "</title>\n<style>%s</style>\n", pk_index_style);
  put_choices(p);
  fputs("</head>\n<body>\n", p->out);
  put_buttons(p);
}

static void put_sum(page *p) {
  size_t files = 0;
  uint64_t bytes = 0;
  for (guint i = 0; i < p->batch->entries->len; i++) {
    const pk_piece_entry *e = &g_array_index(p->batch->entries, pk_piece_entry, i);
    files += g_strv_length(e->files);
    bytes += e->bytes;
  }
  fputs("<p>", p->out);
  EACH_LANGUAGE(p, lang) {
    open_in(p, lang);
    put_count(p, lang, file_words, files);
    fputs(" · ", p->out);
    put_size(p, lang, bytes);
    close_in(p);
  }
  fputs("</p>", p->out);
}

static bool put_documents(page *p) {
  const pk_kit_document *open = NULL;
  bool is_fine = true;
  for (guint i = 0; i < p->batch->entries->len && is_fine; i++) {
    const pk_piece_entry *e = &g_array_index(p->batch->entries, pk_piece_entry, i);
    if (e->document != open) {
      g_autofree char *name = plain_name(e->document->name);
      fputs(open ? "</ul></section>\n<section><h2>" : "<section><h2>", p->out);
      put_kit_text(p, &e->document->title, name);
      fputs("</h2>\n<ul>\n", p->out);
      open = e->document;
    }
    is_fine = put_piece(p, e);
  }
  if (open) fputs("</ul></section>\n", p->out);
  return is_fine;
}

bool pk_index_write(const pk_batch *batch, FILE *out) {
  page p = {.batch = batch, .out = out};
  g_autofree char *folder = g_path_get_basename(batch->folder);
  choose_languages(&p);
  put_head(&p, folder);
  fputs("<header><h1>", out);
  put_kit_text(&p, &batch->kit->title, folder);
  fputs("</h1>", out);
  put_sum(&p);
  fputs("</header>\n<main>\n", out);
  bool is_fine = put_documents(&p);
  fputs("</main>\n<footer>", out);
  put_words(&p, check_words);
  fputs(" <code>sha256sum -c SHA256SUMS</code></footer>\n</body>\n</html>\n", out);
  return is_fine;
}
