/* libFuzzer over reader/, preflight/ and impose/: any bytes as a PDF of somebody.
 * What is opened is checked by a printer's rules and imposed; whatever fails has
 * told why. */
#include <glib.h>
#include <string.h>

#include "impose/impose.h"
#include "preflight/preflight.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const pk_printer printer = {
    .name = "fuzz",
    .standard = PK_STANDARD_X_1A_2003,
    .ink_limit = 3,
    .bleed = 8.5,
    .safe_margin = 8.5,
    .black = {.overprints = true},
    .smallest = {5, 8, 7, .25, .5},
    .images = {.colour = {300, 200}, .grey = {300, 200}, .line = {1200, 600}},
    .pages = {.multiple = 4},
};

static void check_findings(const pk_findings *findings, size_t pages) {
  for (size_t i = 0; i < findings->count; i++) {
    const pk_finding *f = &findings->items[i];
    g_assert_true(f->page == PK_WHOLE_FILE || f->page < pages);
    g_assert_true(f->count > 0 && f->message && *f->message);
  }
}

static void use(pk_job *job, const pk_reader *reader) {
  pk_findings findings = {0};
  pk_preflight_file(job, reader, &printer, &findings);
  check_findings(&findings, reader->page_count);
  g_autoptr(GString) json = g_string_new(NULL);
  const pk_preflight_report report = {"fuzz.pdf", reader->page_count, findings};
  pk_preflight_json("presskit-preflight/1", &report, 1, &printer, json);
  pk_impose_options options = {.scheme = PK_SCHEME_TWO_UP, .has_marks = true, .fits = true};
  const uint8_t *made;
  size_t made_size, sides;
  if (reader->page_count > 50) return;
  if (pk_impose_build(job, &reader, 1, &options, &made, &made_size, &sides) == PK_OK)
    g_assert_true(pk_reader_is_pdf(made, made_size) && sides > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_job job = {.arena = arena, .diag = pk_diag_new(arena)};
  const pk_reader *reader;
  if (pk_reader_open_memory(&job, "fuzz.pdf", data, size, &reader) == PK_OK)
    use(&job, reader);
  else
    g_assert_true(pk_diag_count(job.diag, PK_ERROR) > 0);
  return 0;
}
