/* The fields of a book. */
#include "spec/book.h"
#include "spec/load.h"
#include "spec/tables.h"
#include "spec/values.h"

#define MM(value) ((value)*PK_PT_PER_MM)
#define BOOK(member) PK_AT(pk_book, member)
#define PART(member) PK_AT(pk_book_part, member)
#define TEXT(AT, member) .at = AT(member.text), .span_at = AT(member.span)

/* ---- words ----------------------------------------------------------------- */

static const pk_field word_fields[] = {
    {"text", PK_FIELD_STRING, "What stands in its place.", .at = PK_AT(pk_book_word, text), .is_required = true},
};

static const pk_fields word_table = {
    .name = "word",
    .doc = "A text that masters may name: {book.isbn} of the book, {part.place} of a part.",
    .fields = word_fields,
    .count = G_N_ELEMENTS(word_fields),
    .size = sizeof(pk_book_word),
    .key_at = PK_AT(pk_book_word, name),
    .span_at = PK_AT(pk_book_word, span),
    .whole = "text",
};

/* ---- parts ----------------------------------------------------------------- */

static const char *const begin_names[] = {"next", "right", "left", "run-on", NULL};

/* What runs on stands on the pages of the article before it. */
static bool check_run_on(pk_job *job, const pk_node *map, const pk_book_part *part) {
  if (part->begin != PK_BOOK_RUN_ON) return true;
  const pk_book_text *master = part->first.text ? &part->first : &part->next;
  if (part->kind == PK_BOOK_ARTICLE && !master->text) return true;
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_BOOK_RUN_ON, master->text ? master->span : map->span,
                                      master->text ? "an article that runs on has no pages of its own, and no masters"
                                                   : "only articles run on");
  pk_diag_hint(job->diag, raised, "let it begin on the next page:  begin: next");
  return false;
}

static bool check_part(pk_job *job, const pk_node *map, void *target) {
  pk_book_part *part = target;
  int kinds = (part->article.text != NULL) + (part->page.text != NULL) + part->is_contents +
              (part->section.text != NULL || part->part_count > 0);
  part->kind = part->article.text  ? PK_BOOK_ARTICLE
               : part->page.text   ? PK_BOOK_PAGE
               : part->is_contents ? PK_BOOK_CONTENTS
                                   : PK_BOOK_SECTION;
  if (kinds == 1 && (part->kind != PK_BOOK_SECTION || part->section.text)) return check_run_on(job, map, part);
  const char *fault = kinds == 1 ? "this section has no title"
                      : kinds    ? "this part is several things at once"
                                 : "it is not clear what this part is";
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_BOOK_PART, map->span, "%s", fault);
  pk_diag_hint(job->diag, raised,
               "a part is one of  article: FILE,  page: MASTER,  contents: true  and  section: TITLE");
  return false;
}

/* What parts inside and outside of sections have. */
#define PART_FIELDS                                                                                                    \
  {"article", PK_FIELD_STRING, "An article, as a path from the book.", TEXT(PART, article)},                           \
      {"page", PK_FIELD_STRING, "A page that is all furniture: a master of the layout, such as cover, title, photo.",  \
       TEXT(PART, page)},                                                                                              \
      {"contents", PK_FIELD_BOOL, "The list of what is in the book.", .at = PART(is_contents), .fallback = "false"},   \
      {"subheads", PK_FIELD_BOOL, "Of the contents: with the subheads of the articles.", .at = PART(has_subheads),     \
       .fallback = "false"},                                                                                           \
      {"title", PK_FIELD_STRING, "The heading of the contents, or {part.title} of a page.", TEXT(PART, title),         \
       .fallback_doc = "\"Contents\" in the language of the book"},                                                    \
      {"art",                                                                                                          \
       PK_FIELD_CUSTOM,                                                                                                \
       "A picture for {part.art}, as a path from the book.",                                                           \
       .at = PART(art),                                                                                                \
       .read = pk_value_read_file,                                                                                     \
       .size = sizeof(pk_book_text),                                                                                   \
       .fallback_doc = "none",                                                                                         \
       .type_doc = "file name",                                                                                        \
       .schema = "{\"type\":\"string\",\"minLength\":1}"},                                                             \
      {"alternate",                                                                                                    \
       PK_FIELD_STRING,                                                                                                \
       "What the picture shows, for who cannot see it; \"\" if it is mere decoration.",                                \
       TEXT(PART, alternate),                                                                                          \
       .has_at = PART(has_alternate),                                                                                  \
       .may_be_empty = true,                                                                                           \
       .fallback_doc = "the caption"},                                                                                 \
      {"caption", PK_FIELD_STRING, "For {part.caption}.", TEXT(PART, caption)},                                        \
      {"credit", PK_FIELD_STRING, "For {part.credit}.", TEXT(PART, credit)},                                           \
      {"first", PK_FIELD_STRING, "The master of its first page.", TEXT(PART, first),                                   \
       .fallback_doc = "first; of contents contents"},                                                                 \
      {"next", PK_FIELD_STRING, "The master of its other pages.", TEXT(PART, next),                                    \
       .fallback_doc = "next; of contents contents-next"},                                                             \
      {"begin",                                                                                                        \
       PK_FIELD_ENUM,                                                                                                  \
       "Where it begins: on the next page, on the next right or left one, or run on, below the article before it.",     \
       .at = PART(begin),                                                                                              \
                                                                                                                       \
       .names = begin_names,                                                                                           \
       .fallback = "next"},                                                                                            \
  {                                                                                                                    \
    "words", PK_FIELD_MAP, "Texts of your own, for {part.NAME}.", .at = PART(words), .count_at = PART(word_count),     \
                                                                  .table = &word_table                                 \
  }

static const pk_field inner_fields[] = {PART_FIELDS};

static const pk_fields inner_table = {
    .name = "part of a section",
    .doc = "An article, a page or the contents. A text alone is an article.",
    .fields = inner_fields,
    .count = G_N_ELEMENTS(inner_fields),
    .size = sizeof(pk_book_part),
    .span_at = PART(span),
    .scalar = "article",
    .check = check_part,
};

static const pk_field part_fields[] = {
    PART_FIELDS,
    {"section", PK_FIELD_STRING,
     "The title of a section, which opens with a page in the master opener if there is one.", TEXT(PART, section)},
    {"parts", PK_FIELD_STRUCTS, "What is in the section.", .at = PART(parts), .count_at = PART(part_count),
     .table = &inner_table},
};

static const pk_fields part_table = {
    .name = "part",
    .doc = "An article, a page, the contents, or a section with parts of its own. A text alone is an article.",
    .fields = part_fields,
    .count = G_N_ELEMENTS(part_fields),
    .size = sizeof(pk_book_part),
    .span_at = PART(span),
    .scalar = "article",
    .check = check_part,
};

/* ---- the book -------------------------------------------------------------- */

static const char *const binding_names[] = {"saddle-stitch", "perfect", NULL};
static const char *const fill_names[] = {"blank", "notes", "error", NULL};

static const pk_field paper_fields[] = {
    {"thickness", PK_FIELD_LENGTH, "Of a leaf of the inside.", .at = BOOK(leaf), .min = MM(0.01), .max = MM(2),
     .fallback = "0.1mm"},
    {"cover", PK_FIELD_LENGTH, "Of a leaf of the cover.", .at = BOOK(cover), .min = MM(0.01), .max = MM(5),
     .fallback = "0.25mm"},
    {"binding", PK_FIELD_ENUM, "Folded sheets sewn at the back, or leaves glued into a cover with a spine.",
     .at = BOOK(binding), .names = binding_names, .fallback = "saddle-stitch"},
};

static const pk_fields paper_table = {
    .name = "paper",
    .doc = "What it is bound of, from which the width of the spine follows.",
    .fields = paper_fields,
    .count = G_N_ELEMENTS(paper_fields),
    .size = sizeof(pk_book),
};

static const pk_field multiple_fields[] = {
    {"of", PK_FIELD_INT, "The number.", .at = BOOK(multiple), .min = 1, .max = 64, .is_required = true},
    {"fill", PK_FIELD_ENUM,
     "What makes it up, before the last pages of the cover: blank pages, pages in the master notes, or nothing, and an "
     "error where it is not met.",
     .at = BOOK(fill), .names = fill_names, .fallback = "blank"},
    {"title", PK_FIELD_STRING, "{part.title} of pages in the master notes.", TEXT(BOOK, fill_title),
     .fallback_doc = "\"Notes\" in the language of the book"},
};

static const pk_fields multiple_table = {
    .name = "multiple",
    .doc = "The number of pages is a multiple of this. A number alone is `of`.",
    .fields = multiple_fields,
    .count = G_N_ELEMENTS(multiple_fields),
    .size = sizeof(pk_book),
    .scalar = "of",
};

static const pk_field numbering_fields[] = {
    {"covers", PK_FIELD_BOOL, "Whether the pages of the cover are counted.", .at = BOOK(counts_covers),
     .fallback = "false"},
    {"first", PK_FIELD_INT, "The number of the first page that is counted.", .at = BOOK(first_number), .min = 1,
     .max = 9999, .fallback = "1"},
};

static const pk_fields numbering_table = {
    .name = "numbering",
    .doc = "How pages are numbered.",
    .fields = numbering_fields,
    .count = G_N_ELEMENTS(numbering_fields),
    .size = sizeof(pk_book),
};

static const pk_field book_fields[] = {
    {"presskit", PK_FIELD_CUSTOM, "What the file is: book/1.", .is_required = true, .read = pk_value_accept,
     .type_doc = "`book/1`", .schema = "{\"const\":\"book/1\"}"},
    {"lang", PK_FIELD_LANG, "The language of the book and of all its articles.", .at = BOOK(lang), .is_required = true},
    {"title", PK_FIELD_STRING, "The title, {book.title} in masters.", TEXT(BOOK, title), .is_required = true},
    {"subtitle", PK_FIELD_STRING, "{book.subtitle} in masters.", TEXT(BOOK, subtitle)},
    {"author", PK_FIELD_STRING, "{book.author} in masters.", TEXT(BOOK, author), .fallback_doc = "the office"},
    {"date", PK_FIELD_DATE, "The day of publication.", .at = BOOK(date)},
    {"layout", PK_FIELD_STRING, "A layout's name, or a file as a path from the book; --layout goes before it.",
     TEXT(BOOK, layout)},
    {"keywords", PK_FIELD_STRINGS, "What it is about, for catalogues.", .at = BOOK(keywords),
     .count_at = BOOK(keyword_count)},
    {"words", PK_FIELD_MAP, "Texts of your own, for {book.NAME} in masters: isbn, imprint, cip.", .at = BOOK(words),
     .count_at = BOOK(word_count), .table = &word_table},
    {"paper", PK_FIELD_STRUCT, "What it is bound of.", .is_flat = true, .table = &paper_table},
    {"multiple", PK_FIELD_STRUCT, "What the number of pages is a multiple of.", .span_at = BOOK(multiple_span),
     .is_flat = true, .table = &multiple_table},
    {"numbering", PK_FIELD_STRUCT, "How pages are numbered.", .is_flat = true, .table = &numbering_table},
    {"parts", PK_FIELD_STRUCTS, "What the book is made of, in its order.", .at = BOOK(top), .count_at = BOOK(top_count),
     .table = &part_table, .is_required = true},
};

const pk_fields pk_book_fields = {
    .name = "book",
    .doc = "A document of many articles: cover, contents, sections, articles, pictures, imprint.",
    .fields = book_fields,
    .count = G_N_ELEMENTS(book_fields),
    .size = sizeof(pk_book),
};
