/* Documents side by side: one shared font set and hyphenation, one worker a thread.
 *
 * The preset tsan sets G_SLICE=always-malloc, since memory that GLib hands from
 * thread to thread by itself looks like a race, and leaves out what libraries do
 * that were not built with the sanitizer: their locks are unseen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "article/article.h"
#include "base/deflate.h"
#include "pdf/pdf.h"
#include "spec/spec.h"

enum { LANGUAGES = 3, THREADS = 4, DOCUMENTS = 3 };

#define CONTENT TEST_SOURCE_DIR "/content/"
static const char *const articles[LANGUAGES] = {CONTENT "partnership.en.md", CONTENT "partnership.sr-Latn.md",
                                                CONTENT "partnership.sr-Cyrl.md"};

typedef struct {
  const pk_font_set *fonts;
  const pk_hyphenation *hyphenation;
  unsigned first;           /* which article this thread begins with */
  char *digests[LANGUAGES]; /* of the PDF of each article */
} share;

static char *make_pdf(pk_worker *worker, const char *path) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_job job = {.worker = worker, .arena = arena, .diag = pk_diag_new(arena)};
  pk_bind_input in = {0};
  const pk_article *article = NULL;
  in.articles = &article;
  const pk_bound *bound;
  const pk_list *list;
  const uint8_t *data;
  size_t size;
  const pk_pdf_options options = {.edition = PK_EDITION_PRESS};
  bool is_made =
      pk_article_build(&job, path, &article) == PK_OK &&
      pk_office_build(&job, CONTENT "office.yaml", &in.office) == PK_OK &&
      pk_layout_build(&job, TEST_SOURCE_DIR "/layouts/handout.yaml", TEST_SOURCE_DIR "/layouts", &in.layout) == PK_OK &&
      pk_bind_build(&job, &in, &bound) == PK_OK && pk_list_build(&job, bound, &list) == PK_OK &&
      pk_pdf_build(&job, list, &options, &data, &size) == PK_OK;
  return is_made ? g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, size) : NULL;
}

static gpointer work(gpointer data) {
  share *s = data;
  pk_worker worker = {.fonts = s->fonts, .hyphenation = s->hyphenation, .scratch = pk_arena_new()};
  worker.font = pk_font_worker_new(s->fonts);
  worker.para = pk_para_worker_new(&worker);
  for (unsigned i = 0; i < DOCUMENTS; i++) {
    unsigned which = (s->first + i) % LANGUAGES;
    s->digests[which] = make_pdf(&worker, articles[which]);
  }
  pk_para_worker_drop(worker.para);
  pk_font_worker_drop(worker.font);
  pk_packer_drop(worker.packer);
  pk_arena_drop(worker.scratch);
  return NULL;
}

static void threads_make_the_bytes_that_one_makes(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  const char *folders[] = {TEST_SOURCE_DIR "/fonts", NULL};
  pk_diag *diag = pk_diag_new(arena);
  pk_font_set *fonts = pk_font_set_new(folders, NULL, diag);
  pk_hyphenation *hyphenation = pk_hyphenation_new("/usr/share/hyphen", diag);
  assert_non_null(fonts);
  share shares[THREADS + 1];
  GThread *threads[THREADS];
  for (unsigned i = 0; i <= THREADS; i++) shares[i] = (share){.fonts = fonts, .hyphenation = hyphenation, .first = i};
  for (unsigned i = 0; i < THREADS; i++) threads[i] = g_thread_new("document", work, &shares[i]);
  for (unsigned i = 0; i < THREADS; i++) g_thread_join(threads[i]);
  work(&shares[THREADS]);
  for (unsigned i = 0; i <= THREADS; i++)
    for (unsigned j = 0; j < LANGUAGES; j++) {
      assert_non_null(shares[i].digests[j]);
      assert_string_equal(shares[i].digests[j], shares[THREADS].digests[j]);
    }
  for (unsigned i = 0; i <= THREADS; i++)
    for (unsigned j = 0; j < LANGUAGES; j++) g_free(shares[i].digests[j]);
  pk_hyphenation_drop(hyphenation);
  pk_font_set_drop(fonts);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(threads_make_the_bytes_that_one_makes)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
