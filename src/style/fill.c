/* Templates of furniture: "{office.name}", "{page} / {pages}".
 *
 * In:  a template, the document, the page.
 * Out: the words, or NULL when a variable in it has no value, so that a line
 *      about a telephone number that the office does not have is not printed. */
#include <string.h>

#include "spec/merge.h"
#include "style/local.h"

typedef struct {
  pk_job *job;
  const pk_document *document;
  const pk_folio *folio;
  const pk_article *article; /* that the page tells of */
  const pk_book_part *part;  /* or NULL */
} template_scope;

static const pk_contact *contact_of(const template_scope *scope) {
  const pk_office *office = scope->document->office;
  const char *key = scope->article->contact.text;
  if (!office || !office->contact_count) return NULL;
  const pk_contact *named = key ? pk_office_contact(office, key) : NULL;
  return named ? named : &office->contacts[0];
}

static const char *local(const template_scope *scope, const pk_text *text) {
  return pk_local_text(scope->job, text, scope->document->lang, NULL);
}

static const char *join_address(const template_scope *scope, const pk_text *lines, size_t count, const char *glue) {
  if (!count) return NULL;
  g_autoptr(GString) joined = g_string_new(NULL);
  for (size_t i = 0; i < count; i++) {
    const char *line = pk_local_line(scope->job, lines, count, i, scope->document->lang, NULL);
    if (line) g_string_append_printf(joined, "%s%s", joined->len ? glue : "", line);
  }
  return pk_arena_strdup(scope->job->arena, joined->str);
}

/* ---- what each variable stands for ---------------------------------------- */

typedef const char *variable_function(const template_scope *scope);

static const char *number(const template_scope *scope, unsigned value) {
  return pk_arena_printf(scope->job->arena, "%u", value);
}
static const char *page_number(const template_scope *scope) {
  if (!scope->folio->page) return NULL;
  return number(scope, scope->folio->page);
}
static const char *page_count(const template_scope *scope) {
  return number(scope, scope->folio->pages);
}
static const char *section(const template_scope *scope) {
  return scope->folio->section;
}
static const char *headline(const template_scope *scope) {
  return scope->article->headline.text;
}
/* The first line of whom a letter is to. */
static const char *recipient(const template_scope *scope) {
  const pk_article *article = scope->document->article;
  for (size_t i = 0; i < article->recipient_count; i++)
    if (*article->recipient[i]) return article->recipient[i];
  return NULL;
}
static const char *reference(const template_scope *scope) {
  return scope->document->article->reference.text;
}
static const char *subhead(const template_scope *scope) {
  return scope->article->subhead.text;
}
static const char *kicker(const template_scope *scope) {
  return scope->article->kicker.text;
}
static const char *place(const template_scope *scope) {
  return scope->article->place.text;
}
static const char *date(const template_scope *scope) {
  const pk_document *document = scope->document;
  if (!document->date.is_given) return NULL;
  return pk_language_date(scope->job->arena, document->lang, document->date, PK_DATE_LONG);
}

/* ---- of a book ------------------------------------------------------------- */

/* "6.4 mm", in Serbian "6,4 mm", with a space that does not break. */
static const char *spine_width(const template_scope *scope) {
  if (scope->folio->spine <= 0) return NULL;
  char *width = pk_arena_printf(scope->job->arena, "%.1f\u00A0mm", scope->folio->spine / PK_PT_PER_MM);
  if (scope->document->lang != PK_LANG_EN) g_strdelimit(width, ".", ',');
  return width;
}

static const char *book_variable(const template_scope *scope, const char *name) {
  const pk_book *book = scope->document->book;
  if (!book) return NULL;
  if (strcmp(name, "title") == 0) return book->title.text;
  if (strcmp(name, "subtitle") == 0) return book->subtitle.text;
  if (strcmp(name, "author") == 0) return book->author.text;
  if (strcmp(name, "date") == 0)
    return book->date.is_given ? pk_language_date(scope->job->arena, book->lang, book->date, PK_DATE_LONG) : NULL;
  if (strcmp(name, "spine") == 0) return spine_width(scope);
  if (strcmp(name, "year") == 0) return book->date.is_given ? number(scope, (unsigned)book->date.year) : NULL;
  return pk_book_word_lookup(book->words, book->word_count, name);
}

static const char *part_title(const template_scope *scope) {
  const pk_book_part *part = scope->part;
  return part->kind == PK_BOOK_SECTION   ? part->section.text
         : part->kind == PK_BOOK_ARTICLE ? scope->article->headline.text
                                         : part->title.text;
}

/* Of a page that makes up the multiple. */
static const char *added_title(const template_scope *scope) {
  const pk_document *document = scope->document;
  if (!document->book || !document->first_master || !g_str_has_prefix(document->first_master, "notes")) return NULL;
  const char *own = document->book->fill_title.text;
  return own ? own : pk_style_label(scope->job, document, PK_LABEL_NOTES_PAGE);
}

static const char *part_variable(const template_scope *scope, const char *name) {
  const pk_book_part *part = scope->part;
  if (!part) return strcmp(name, "title") == 0 ? added_title(scope) : NULL;
  const pk_book_part *section = part->kind == PK_BOOK_SECTION ? part : part->within;
  if (strcmp(name, "title") == 0) return part_title(scope);
  if (strcmp(name, "caption") == 0) return part->caption.text;
  if (strcmp(name, "credit") == 0) return part->credit.text;
  if (strcmp(name, "section") == 0) return section ? section->section.text : NULL;
  if (strcmp(name, "number") == 0 || strcmp(name, "section-number") == 0)
    return section ? number(scope, (unsigned)section->number) : NULL;
  return pk_book_word_lookup(part->words, part->word_count, name);
}

#define OFFICE_TEXT(name, field)                                                                                       \
  static const char *office_##name(const template_scope *scope) {                                                      \
    return scope->document->office ? local(scope, &scope->document->office->field) : NULL;                             \
  }
OFFICE_TEXT(name, name)
OFFICE_TEXT(parent, parent)
OFFICE_TEXT(phone, phone)
OFFICE_TEXT(email, email)
OFFICE_TEXT(web, web)
OFFICE_TEXT(social, social)

static const char *office_short_name(const template_scope *scope) {
  const pk_office *office = scope->document->office;
  return office && pk_text_is_given(&office->short_name) ? local(scope, &office->short_name) : office_name(scope);
}

static const char *office_address(const template_scope *scope) {
  const pk_office *office = scope->document->office;
  return office ? join_address(scope, office->address, office->address_count, "\n") : NULL;
}
static const char *office_address_line(const template_scope *scope) {
  const pk_office *office = scope->document->office;
  return office ? join_address(scope, office->address, office->address_count, ", ") : NULL;
}

#define CONTACT_TEXT(name, field)                                                                                      \
  static const char *contact_##name(const template_scope *scope) {                                                     \
    const pk_contact *contact = contact_of(scope);                                                                     \
    return contact ? local(scope, &contact->field) : NULL;                                                             \
  }
CONTACT_TEXT(title, title)
CONTACT_TEXT(name, name)
CONTACT_TEXT(phone, phone)
CONTACT_TEXT(mobile, mobile)
CONTACT_TEXT(email, email)
CONTACT_TEXT(web, web)
CONTACT_TEXT(hours, hours)

static const char *contact_address(const template_scope *scope) {
  const pk_contact *contact = contact_of(scope);
  return contact ? join_address(scope, contact->address, contact->address_count, "\n") : NULL;
}

static const struct {
  const char *name;
  variable_function *value;
} variables[] = {
    {"page", page_number},
    {"pages", page_count},
    {"section", section},
    {"headline", headline},
    {"subhead", subhead},
    {"kicker", kicker},
    {"recipient", recipient},
    {"reference", reference},
    {"place", place},
    {"date", date},
    {"office.name", office_name},
    {"office.short-name", office_short_name},
    {"office.parent", office_parent},
    {"office.address", office_address},
    {"office.address-line", office_address_line},
    {"office.phone", office_phone},
    {"office.email", office_email},
    {"office.web", office_web},
    {"office.social", office_social},
    {"contact.title", contact_title},
    {"contact.name", contact_name},
    {"contact.address", contact_address},
    {"contact.phone", contact_phone},
    {"contact.mobile", contact_mobile},
    {"contact.email", contact_email},
    {"contact.web", contact_web},
    {"contact.hours", contact_hours},
};

/* The layout's own label, else the language's. */
const char *pk_style_label(pk_job *job, const pk_document *document, pk_label label) {
  const char *name = pk_language_label_name(label);
  for (size_t i = 0; i < document->layout->label_count; i++)
    if (strcmp(document->layout->labels[i].name, name) == 0)
      return pk_local_text(job, &document->layout->labels[i].text, document->lang, NULL);
  return pk_language_label(document->lang, label);
}

static void raise_unknown(const template_scope *scope, const char *name, pk_span span) {
  const char *names[G_N_ELEMENTS(variables)];
  for (size_t i = 0; i < G_N_ELEMENTS(variables); i++) names[i] = variables[i].name;
  pk_diagnostic *error = pk_diag_add(scope->job->diag, PK_CODE_TEMPLATE_VARIABLE, span, "unknown variable {%s}", name);
  const char *nearest = pk_diag_nearest(name, names, G_N_ELEMENTS(names));
  if (nearest)
    pk_diag_hint(scope->job->diag, error, "did you mean {%s}?", nearest);
  else
    pk_diag_hint(scope->job->diag, error, "write {{ for a brace that stands for itself");
}

/* {facts.x} or {row.x}: in furniture a value that is not there takes its line away. */
static const char *merged(const template_scope *scope, const pk_merge_place *place, pk_span span) {
  pk_merge_place optional = *place;
  optional.is_optional = true;
  const char *value = NULL;
  return pk_merge_value(scope->job, &optional, scope->document->lang, span, &value) ? value : NULL;
}

/* The value of `name`, or NULL; an unknown name is raised and gives NULL. */
static const char *look_up(const template_scope *scope, const char *name, pk_span span) {
  if (g_str_has_prefix(name, "label.")) {
    int label = pk_language_label_find(name + strlen("label."));
    if (label >= 0) return pk_style_label(scope->job, scope->document, (pk_label)label);
  }
  if (g_str_has_prefix(name, "book.")) return book_variable(scope, name + strlen("book."));
  if (g_str_has_prefix(name, "part.")) return part_variable(scope, name + strlen("part."));
  for (size_t i = 0; i < G_N_ELEMENTS(variables); i++)
    if (strcmp(variables[i].name, name) == 0) return variables[i].value(scope);
  raise_unknown(scope, name, span);
  return NULL;
}

const char *pk_style_fill(pk_job *job, const pk_document *document, const pk_text *text, const pk_folio *folio,
                          pk_span span) {
  template_scope scope = {job, document, folio, document->article, document->part};
  if (document->member_count) {
    scope.article = document->members[folio->member].article;
    scope.part = document->members[folio->member].part;
  }
  const char *template = pk_local_text(job, text, document->lang, NULL);
  if (!template) return NULL;
  g_autoptr(GString) filled = g_string_new(NULL);
  for (const char *at = template; *at;) {
    const char *close = *at == '{' && at[1] != '{' ? strchr(at, '}') : NULL;
    if (!close) {
      at += at[0] == '{' && at[1] == '{';
      g_string_append_c(filled, *at++);
      continue;
    }
    g_autofree char *name = g_strndup(at + 1, (size_t)(close - at - 1));
    pk_merge_place place;
    const char *value = pk_merge_place_at(at, close + 1, &place) ? merged(&scope, &place, span)
                                                                 : look_up(&scope, g_strstrip(name), span);
    if (!value || !*value) return NULL;
    g_string_append(filled, value);
    at = close + 1;
  }
  return pk_arena_strdup(job->arena, filled->str);
}
