#include "bind/plan.h"

#include <string.h>

/* ---- masters ------------------------------------------------------------------- */

static void raise_no_master(pk_binder *binder, const char *name, pk_span span) {
  const pk_layout *layout = binder->in->layout;
  pk_diagnostic *raised =
      pk_diag_add(binder->job->diag, PK_CODE_BOOK_MASTER, span, "the layout %s has no master '%s'", layout->path, name);
  g_autofree const char **names = g_new0(const char *, layout->master_count + 1);
  for (size_t i = 0; i < layout->master_count; i++) names[i] = layout->masters[i].name;
  const char *nearest = pk_diag_nearest(name, names, layout->master_count);
  g_autofree char *all = g_strjoinv(", ", (char **)names);
  if (nearest)
    pk_diag_hint(binder->job->diag, raised, "did you mean '%s'?", nearest);
  else
    pk_diag_hint(binder->job->diag, raised, "its masters are: %s", all);
}

static bool has_master(const pk_binder *binder, const char *name) {
  return pk_layout_master_on(binder->in->layout, name, false) && pk_layout_master_on(binder->in->layout, name, true);
}

static bool check_master(pk_binder *binder, const pk_book_text *named) {
  if (!named->text || has_master(binder, named->text)) return true;
  raise_no_master(binder, named->text, named->span);
  return false;
}

static const char *master_or(const pk_binder *binder, const pk_book_text *named, const char *usual, const char *other) {
  if (named->text) return named->text;
  return has_master(binder, usual) ? usual : other;
}

static bool choose_masters(pk_binder *binder, bind_part *part) {
  const pk_book_part *spec = part->spec;
  bool is_fine = check_master(binder, &spec->page);
  is_fine = check_master(binder, &spec->first) && is_fine;
  is_fine = check_master(binder, &spec->next) && is_fine;
  switch (spec->kind) {
  case PK_BOOK_ARTICLE:
    part->first = master_or(binder, &spec->first, "first", "first");
    part->next = master_or(binder, &spec->next, "next", "next");
    break;
  case PK_BOOK_CONTENTS:
    part->first = master_or(binder, &spec->first, "contents", "first");
    part->next = master_or(binder, &spec->next, "contents-next", "next");
    break;
  case PK_BOOK_PAGE: part->first = part->next = spec->page.text; break;
  case PK_BOOK_SECTION: part->first = part->next = master_or(binder, &spec->first, "opener", NULL); break;
  }
  return is_fine;
}

/* ---- parts --------------------------------------------------------------------- */

static bool check_language(pk_binder *binder, const bind_part *part) {
  const pk_book *book = binder->in->book;
  if (!part->article || part->article->lang == book->lang) return true;
  pk_diagnostic *raised = pk_diag_add(binder->job->diag, PK_CODE_BOOK_LANGUAGE, part->spec->article.span,
                                      "the article is in %s, the book in %s", pk_language_name(part->article->lang),
                                      pk_language_name(book->lang));
  pk_diag_hint(binder->job->diag, raised, "put the edition of the article in %s here", pk_language_name(book->lang));
  pk_diag_related(binder->job->diag, raised, part->article->lang_span, "the article says so");
  return false;
}

/* Whether a box of the opener has the title of the section, as a heading. */
static bool tells_title(const pk_binder *binder, const char *name) {
  const pk_master_spec *master = name ? pk_layout_master_on(binder->in->layout, name, false) : NULL;
  for (size_t b = 0; master && b < master->box_count; b++)
    for (size_t l = 0; l < master->boxes[b].line_count; l++) {
      const char *template = pk_text_lookup(&master->boxes[b].lines[l].text, binder->in->book->lang, NULL);
      if (template && strstr(template, "{part.title}")) return true;
    }
  return false;
}

/* Joins a part that runs on to the one whose pages it stands on. */
static void join_host(pk_binder *binder, size_t number) {
  bind_part *part = &binder->parts[number];
  part->host = number;
  if (part->spec->begin != PK_BOOK_RUN_ON) return;
  part->host = binder->parts[number - 1].host;
  part->first = part->next = NULL;
  bind_part *host = pk_binder_host(binder, number);
  if (!host->run_on) host->run_on = PK_NEW_ARRAY(binder->job->arena, pk_member, binder->count - number);
  host->run_on[host->run_on_count++] = (pk_member){.article = part->article, .part = part->spec};
}

pk_status pk_plan_parts(pk_binder *binder) {
  const pk_book *book = binder->in->book;
  binder->count = book->part_count;
  binder->parts = PK_NEW_ARRAY(binder->job->arena, bind_part, book->part_count);
  bool is_fine = true;
  size_t section = SIZE_MAX;
  for (size_t i = 0; i < book->part_count; i++) {
    bind_part *part = &binder->parts[i];
    *part = (bind_part){.spec = &book->parts[i], .article = binder->in->articles[i], .under = SIZE_MAX};
    part->answers = g_array_new(FALSE, FALSE, sizeof(bind_answer));
    is_fine = choose_masters(binder, part) && is_fine;
    is_fine = check_language(binder, part) && is_fine;
    join_host(binder, i);
    if (part->spec->kind == PK_BOOK_SECTION) section = part->first ? i : SIZE_MAX;
    if (part->spec->within) part->under = section;
    part->outer_level = part->under != SIZE_MAX && tells_title(binder, binder->parts[section].first);
    if (part->spec->path) g_hash_table_insert(binder->by_path, (gpointer)part->spec->path, GSIZE_TO_POINTER(i + 1));
  }
  size_t front;
  pk_plan_covers(binder, &front, &binder->filled_at);
  binder->filled_at = binder->count - binder->filled_at;
  if (book->fill == PK_BOOK_NOTES && book->multiple && !has_master(binder, "notes")) {
    raise_no_master(binder, "notes", book->multiple_span);
    is_fine = false;
  }
  return is_fine ? PK_OK : PK_FAILED;
}

/* ---- the multiple -------------------------------------------------------------- */

static bool is_cover(const bind_part *part) {
  return part->spec->kind == PK_BOOK_PAGE && pk_book_is_cover(part->spec->page.text);
}

void pk_plan_covers(const pk_binder *binder, size_t *front, size_t *back) {
  *front = *back = 0;
  while (*front < binder->count && is_cover(&binder->parts[*front])) ++*front;
  while (*back < binder->count - *front && is_cover(&binder->parts[binder->count - 1 - *back])) ++*back;
}

static pk_status raise_multiple(pk_binder *binder, size_t pages, size_t multiple, size_t fill) {
  const pk_book *book = binder->in->book;
  pk_diagnostic *raised =
      pk_diag_add(binder->job->diag, PK_CODE_BOOK_MULTIPLE, book->multiple ? book->multiple_span : book->title.span,
                  "the book has %zu page%s, which is no multiple of %zu", pages, pages == 1 ? "" : "s", multiple);
  pk_diag_hint(binder->job->diag, raised,
               "add %zu or take away %zu, or let them be added:  multiple: {of: %zu, fill: blank}", fill,
               multiple - fill, multiple);
  return PK_FAILED;
}

pk_status pk_plan_fill(pk_binder *binder, size_t *fill) {
  const pk_book *book = binder->in->book;
  const pk_printer *printer = binder->in->printer;
  size_t multiple = book->multiple ? (size_t)book->multiple : printer ? (size_t)printer->pages.multiple : 1;
  bool is_error = book->multiple ? book->fill == PK_BOOK_ERROR : printer && printer->pages.fill != PK_PAGES_BLANK;
  size_t pages = binder->page_count - binder->fill, front, back;
  pk_plan_covers(binder, &front, &back);
  /* A cover with a spine is a sheet of its own. */
  if (book->binding == PK_BOOK_PERFECT) pages -= front + back;
  *fill = multiple > 1 && pages % multiple ? multiple - pages % multiple : 0;
  return *fill && is_error ? raise_multiple(binder, pages, multiple, *fill) : PK_OK;
}
