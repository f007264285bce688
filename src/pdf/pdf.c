/* The display list -> a PDF file, in two passes over the pages.
 *
 * The first notes which glyphs and inks are drawn, what the glyphs stand for and
 * which words the line ends break; then each face is subset, and the second pass
 * writes the pages one by one, each content stream compressed as soon as it is
 * whole. Objects are made in the order of the list and nothing depends on an
 * address, so the same list gives the same bytes. */
#include "pdf/pdf.h"

#include "pdf/cluster.h"
#include "pdf/content.h"
#include "pdf/kept.h"
#include "pdf/marks.h"
#include "pdf/page.h"
#include "pdf/standard.h"

typedef struct {
  pk_pdf_file *file;
  pk_pdf_fonts *fonts;
  pk_pdf_words *words;
  pk_pdf_artwork *artwork;
  pk_pdf_marks *marks;         /* or NULL */
  pk_pdf_structure *structure; /* NULL: the edition has none */
  bool *used_inks;
  size_t *numbers; /* of the pages to write; of blank ones SIZE_MAX */
  size_t count;    /* without the blank ones */
  size_t total;
} build;

static void choose_pages(build *b) {
  const pk_pdf_options *options = b->file->options;
  size_t all = b->file->list->page_count;
  b->numbers = g_new(size_t, (options->pages ? options->page_count : all) + options->blank_count + 1);
  if (!options->pages)
    for (size_t i = 0; i < all; i++) b->numbers[b->count++] = i;
  for (size_t i = 0; options->pages && i < options->page_count; i++)
    if (options->pages[i] < all) b->numbers[b->count++] = options->pages[i];
  b->total = b->count;
  for (size_t i = 0; i < options->blank_count; i++) b->numbers[b->total++] = SIZE_MAX;
}

static const pk_draw *first_text(const build *b) {
  for (size_t n = 0; n < b->count; n++) {
    const pk_list_page *page = &b->file->list->pages[b->numbers[n]];
    for (size_t i = 0; i < page->count; i++)
      if (page->draws[i].kind == PK_DRAW_GLYPHS) return &page->draws[i];
  }
  return NULL;
}

/* The number in the document of page `n` of the file, whichever of them are in it. */
static size_t number_of(const build *b, size_t n) {
  return n < b->count ? b->numbers[n] : b->file->list->page_count + n - b->count;
}

static void survey_marks(build *b, GArray *clusters) {
  const pk_draw *sample = b->marks ? first_text(b) : NULL;
  size_t pages = b->file->list->page_count, blanks = b->total - b->count;
  for (size_t n = 0; sample && n < b->total; n++) {
    const pk_draw *slug = pk_pdf_marks_slug(b->marks, sample, number_of(b, n) + 1, pages + blanks);
    if (!slug || slug->glyphs.glyph_count == 0) continue;
    pk_pdf_clusters(slug, clusters);
    pk_pdf_fonts_use(b->fonts, slug, clusters);
  }
}

static void survey(build *b) {
  GArray *clusters = g_array_new(FALSE, FALSE, sizeof(pk_pdf_cluster));
  for (size_t n = 0; n < b->count; n++) {
    const pk_list_page *page = &b->file->list->pages[b->numbers[n]];
    for (size_t i = 0; i < page->count; i++) {
      const pk_draw *draw = &page->draws[i];
      if (draw->ink < b->file->list->ink_count) b->used_inks[draw->ink] = true;
      if (draw->kind == PK_DRAW_ART) pk_pdf_artwork_note(b->artwork, draw);
      if (draw->kind != PK_DRAW_GLYPHS || draw->glyphs.glyph_count == 0) continue;
      if (!pk_pdf_fonts_know(b->fonts, draw)) {
        pk_pdf_clusters(draw, clusters);
        pk_pdf_fonts_use(b->fonts, draw, clusters);
      }
      pk_pdf_words_note(b->words, draw, b->numbers[n]);
    }
  }
  survey_marks(b, clusters);
  g_array_unref(clusters);
}

/* What all pages draw from. */
typedef struct {
  qpdf_oh fonts, colour_spaces, states; /* the last two: 0 if there are none */
  qpdf_oh plain;                        /* all of a page that has nothing of its own */
} resources;

static qpdf_oh new_resources(pk_pdf_file *file, const resources *shared) {
  qpdf_oh dict = qpdf_oh_new_dictionary(file->qpdf);
  pk_pdf_set_ref(file, dict, "/Font", shared->fonts);
  if (shared->colour_spaces) pk_pdf_set_ref(file, dict, "/ColorSpace", shared->colour_spaces);
  if (shared->states) pk_pdf_set_ref(file, dict, "/ExtGState", shared->states);
  return dict;
}

/* The stream of the page that was begun. */
static qpdf_oh make_stream(pk_pdf_content *content) {
  pk_pdf_page_question asked;
  qpdf_oh stream = pk_pdf_page_find(content, &asked);
  if (stream) return stream;
  pk_pdf_content_page(content);
  return pk_pdf_page_keep(content, &asked);
}

/* What stands outside of the trim tells the name of the file, and is a stream of its own,
 * so that the page is that of other files. It is first, since it leaves nothing behind. */
static qpdf_oh make_content(build *b, pk_pdf_content *content) {
  pk_pdf_file *file = b->file;
  qpdf_oh page = make_stream(content);
  if (!b->marks) return page;
  qpdf_oh both = qpdf_oh_new_array(file->qpdf);
  pk_pdf_marks_page(b->marks, content, content->page);
  pk_pdf_append(file, both, pk_pdf_stream(file, NULL, content->out->str, content->out->len));
  pk_pdf_append(file, both, page);
  return both;
}

static void set_resources(build *b, const pk_pdf_content *content, resources *shared, qpdf_oh page) {
  pk_pdf_file *file = b->file;
  bool is_transparent = false;
  qpdf_oh pictures = pk_pdf_artwork_page(b->artwork, &is_transparent);
  if (!pictures && !b->marks) {
    if (!shared->plain) shared->plain = pk_pdf_indirect(file, new_resources(file, shared));
    pk_pdf_set_ref(file, page, "/Resources", shared->plain);
    return;
  }
  qpdf_oh own = new_resources(file, shared);
  if (pictures) pk_pdf_set(file, own, "/XObject", pictures);
  if (b->marks) pk_pdf_marks_resources(b->marks, own, number_of(b, content->page));
  /* Blended in the inks of the press, whatever a reader would take by itself. */
  if (is_transparent && file->traits->is_cmyk)
    pk_pdf_set(file, page, "/Group", pk_pdf_raw(file, "<</S/Transparency/CS/DeviceCMYK>>"));
  pk_pdf_set(file, page, "/Resources", own);
}

static qpdf_oh make_page(build *b, pk_pdf_content *content, resources *shared) {
  pk_pdf_file *file = b->file;
  qpdf_oh object = pk_pdf_indirect(file, qpdf_oh_new_dictionary(file->qpdf));
  pk_pdf_set(file, object, "/Type", qpdf_oh_new_name(file->qpdf, "/Page"));
  set_resources(b, content, shared, object);
  pk_pdf_box_set(file, object);
  pk_pdf_set(file, object, "/Contents", make_content(b, content));
  qpdf_oh annotations = pk_pdf_link_annotations(file, b->structure, content->of, content->page);
  if (annotations) pk_pdf_set(file, object, "/Annots", annotations);
  if (b->structure) pk_pdf_structure_page(b->structure, object, content->page);
  return object;
}

static pk_status write_pages(build *b, qpdf_oh *pages) {
  resources shared = {.fonts = pk_pdf_fonts_dict(b->fonts), .states = pk_pdf_colour_states(b->file)};
  if (b->marks)
    pk_pdf_marks_build(b->marks, b->used_inks);
  else
    shared.colour_spaces = pk_pdf_colour_spaces(b->file, b->used_inks);
  pk_pdf_content content;
  pk_pdf_content_init(&content, b->file, b->fonts, b->words, b->artwork, b->structure);
  pk_pdf_box_origin(b->file, &content.left, &content.top);
  static const pk_list_page blank = {0};
  pk_status status = PK_OK;
  for (size_t n = 0; status == PK_OK && n < b->total; n++) {
    const pk_list_page *page = n < b->count ? &b->file->list->pages[b->numbers[n]] : &blank;
    status = pk_pdf_content_begin(&content, page, n);
    if (status == PK_OK) pages[n] = make_page(b, &content, &shared);
  }
  pk_pdf_content_clear(&content);
  return status;
}

static pk_status run(build *b, const uint8_t **data, size_t *size) {
  choose_pages(b);
  survey(b);
  pk_status status = pk_pdf_fonts_subset(b->fonts);
  if (status != PK_OK) return status;
  g_autofree qpdf_oh *pages = g_new0(qpdf_oh, MAX(b->total, 1));
  status = write_pages(b, pages);
  if (status != PK_OK) return status;
  pk_pdf_catalog_set(b->file, pages, b->numbers, b->total);
  status = pk_pdf_standard_intent(b->file);
  if (status != PK_OK) return status;
  if (b->structure) pk_pdf_structure_write(b->structure, pages, b->count);
  if (b->file->traits->is_tagged) pk_pdf_srgb_set(b->file);
  pk_pdf_attach(b->file);
  pk_pdf_metadata_set(b->file);
  return pk_pdf_file_write(b->file, data, size);
}

pk_status pk_pdf_build(pk_job *job, const pk_list *list, const pk_pdf_options *options, const uint8_t **data,
                       size_t *size) {
  build b = {.file = pk_pdf_file_new(job, list, options)};
  if (!b.file) return PK_FAILED;
  b.fonts = pk_pdf_fonts_new(b.file);
  b.words = pk_pdf_words_new();
  b.artwork = pk_pdf_artwork_new(b.file);
  b.marks = pk_pdf_marks_new(b.file);
  if (b.file->traits->is_tagged) b.structure = pk_pdf_structure_new(b.file);
  b.used_inks = g_new0(bool, MAX(list->ink_count, 1));
  pk_status status = run(&b, data, size);
  g_free(b.numbers);
  g_free(b.used_inks);
  pk_pdf_fonts_drop(b.fonts);
  pk_pdf_words_drop(b.words);
  pk_pdf_structure_drop(b.structure);
  pk_pdf_file_drop(b.file);
  pk_pdf_artwork_drop(b.artwork);
  pk_pdf_marks_drop(b.marks);
  return status;
}
