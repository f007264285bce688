/* What a render is of: found, read, checked.
 *
 * The article, the office and the layout are all read before any error stops
 * the job, so that a person learns of all their faults at once. */
#include "base/folders.h"
#include "build/inputs.h"
#include "build/render.h"

static pk_status find_layout(pk_render *r) {
  pk_status status = pk_engine_locate(r->engine, r->job->diag);
  const char *name = r->options->layout ? r->options->layout : "press-release";
  if (!r->options->layout && r->book && r->book->layout.text) name = r->book->layout.text;
  return status == PK_OK ? pk_inputs_layout(r->engine, r->job, name, &r->layout_path) : status;
}

static pk_status find_printer(pk_render *r) {
  const presskit_render_options *o = r->options;
  bool is_for_paper = o->edition == PRESSKIT_PRESS || o->edition == PRESSKIT_OFFICE || o->edition == PRESSKIT_PROOF;
  return is_for_paper ? pk_inputs_printer(r->engine, r->job, o->printer, o->edition, &r->printer_path) : PK_OK;
}

/* Inputs may name files in the folders of those that the caller named, and
 * presskit's own. */
static void open_folders(pk_render *r) {
  pk_folders *folders = pk_folders_new(r->job->arena);
  const char *named[] = {r->options->article, r->office_path, r->layout_path, r->printer_path};
  for (size_t i = 0; i < G_N_ELEMENTS(named); i++)
    if (named[i]) pk_folders_add_of(folders, named[i]);
  if (r->engine->data) pk_folders_add(folders, r->engine->data);
  if (r->given->folder) pk_folders_add(folders, r->given->folder);
  r->job->folders = folders;
}

static pk_status read_part(pk_render *r, const char *path, const pk_article **out) {
  const pk_render_given *given = r->given;
  pk_status status = given->article_of ? given->article_of(given->data, r->job, path, out) : PK_OK;
  return status == PK_OK && !*out ? pk_inputs_article(r->job, path, out) : status;
}

/* One fault hides no other: all articles are read. */
pk_status pk_render_read_articles(pk_render *r) {
  size_t count = pk_render_part_count(r);
  const pk_article **articles = PK_NEW_ARRAY(r->job->arena, const pk_article *, count);
  pk_status worst = PK_OK;
  r->articles = articles;
  articles[0] = r->given->article;
  if (!r->book) return articles[0] ? PK_OK : pk_inputs_article(r->job, r->options->article, &articles[0]);
  for (size_t i = 0; i < count; i++) {
    const char *path = r->book->parts[i].path;
    pk_status status = path ? read_part(r, path, &articles[i]) : PK_OK;
    worst = MAX(worst, status);
  }
  return worst;
}

static pk_status read_book(pk_render *r) {
  open_folders(r);
  return pk_book_is_path(r->options->article) ? pk_inputs_book(r->job, r->options->article, &r->book) : PK_OK;
}

pk_status pk_render_read(pk_render *r) {
  const presskit_render_options *o = r->options;
  bool is_article_all = o->dump == PRESSKIT_DUMP_ARTICLE;
  r->office_path = o->office ? o->office : pk_inputs_office(r->job->arena, o->article);
  pk_status book = read_book(r);
  if (book != PK_OK) return book;
  pk_status layout = is_article_all ? PK_OK : find_layout(r), office = PK_OK, printer = PK_OK;
  if (r->engine->data) printer = find_printer(r);
  open_folders(r);
  pk_status article = PK_OK;
  r->office = r->given->office;
  r->layout = r->given->layout;
  r->printer = r->given->printer;
  article = pk_render_read_articles(r);
  if (is_article_all) return article;
  if (r->office_path && !r->office) office = pk_office_build(r->job, r->office_path, &r->office);
  if (layout == PK_OK && !r->layout) layout = pk_layout_build(r->job, r->layout_path, r->engine->layouts, &r->layout);
  if (r->printer_path && !r->printer)
    printer = pk_printer_build(r->job, r->printer_path, r->engine->profiles, &r->printer);
  return MAX(MAX(article, office), MAX(layout, printer));
}
