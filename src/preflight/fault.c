/* Findings: the worst of its like is told, the rest are counted. */
#include <stdarg.h>
#include <string.h>

#include "preflight/fault.h"

/* In our documents like is what one line caused; in a PDF, what one page has. */
static bool is_like(const pk_finding *finding, const pk_fault *fault) {
  return finding->code == fault->code && finding->page == fault->page && finding->span.source == fault->span.source &&
         finding->span.start == fault->span.start;
}

void pk_checker_fault(pk_checker *checker, const pk_fault *fault, const char *format, ...) {
  guint at = checker->findings->len;
  while (at > 0) { /* those of this page are the last ones */
    const pk_finding *finding = &g_array_index(checker->findings, pk_finding, at - 1);
    if (is_like(finding, fault)) break;
    at = finding->page == fault->page ? at - 1 : 0;
  }
  pk_finding *finding = at > 0 ? &g_array_index(checker->findings, pk_finding, at - 1) : NULL;
  if (finding) {
    finding->count++;
    if (fault->badness <= g_array_index(checker->badness, double, at - 1)) return;
  } else if (checker->findings->len >= PK_FINDINGS_MAX) {
    return;
  }
  va_list args;
  va_start(args, format);
  g_autofree char *message = g_strdup_vprintf(format, args);
  va_end(args);
  pk_finding fresh = {
      .code = fault->code,
      .severity = pk_code_lookup(fault->code)->severity,
      .span = fault->span,
      .page = fault->page,
      .rect = fault->rect ? *fault->rect : (pk_rect){0},
      .message = pk_arena_strdup(checker->job->arena, message),
      .hint = pk_arena_strdup(checker->job->arena, fault->hint),
      .count = finding ? finding->count : 1,
  };
  if (finding) {
    *finding = fresh;
    g_array_index(checker->badness, double, at - 1) = fault->badness;
  } else {
    g_array_append_val(checker->findings, fresh);
    g_array_append_val(checker->badness, fault->badness);
  }
}

void pk_checker_spot_unwanted(pk_checker *checker, const pk_fault *fault, const char *name) {
  g_autofree char *message = g_strdup_printf("the spot ink '%s' will be printed from the process inks", name);
  for (guint i = 0; i < checker->findings->len; i++) {
    pk_finding *finding = &g_array_index(checker->findings, pk_finding, i);
    if (finding->code != PK_CODE_SPOT_UNWANTED || strcmp(finding->message, message) != 0) continue;
    finding->count++;
    return;
  }
  pk_checker_fault(checker, fault, "%s", message);
}

/* ---- spot names ---------------------------------------------------------- */

/* "PANTONE 287 C" and "Pantone 287c" come to the same: letters and digits, and no
 * letter for the paper at the end. */
static char *plain_name(const char *name) {
  GString *plain = g_string_new(NULL);
  for (; *name; name++)
    if (g_ascii_isalnum(*name) || (guchar)*name >= 0x80) g_string_append_c(plain, g_ascii_tolower(*name));
  static const char *const papers[] = {"cvc", "cvu", "cv", "c", "u", "m", "cp", "up"};
  for (size_t i = 0; i < G_N_ELEMENTS(papers); i++) {
    size_t length = strlen(papers[i]);
    if (plain->len <= length || !g_str_has_suffix(plain->str, papers[i])) continue;
    if (!g_ascii_isdigit(plain->str[plain->len - length - 1])) continue;
    g_string_truncate(plain, plain->len - length);
    break;
  }
  return g_string_free(plain, FALSE);
}

const pk_printer *pk_checker_printer(const pk_checker *checker) {
  return checker->printer;
}

static void compare_names(pk_checker *checker, const char *name, pk_span span) {
  g_autofree char *plain = plain_name(name);
  for (guint i = 0; i < checker->spots->len; i++) {
    const char *other = g_ptr_array_index(checker->spots, i);
    g_autofree char *other_plain = plain_name(other);
    if (strcmp(plain, other_plain) != 0) continue;
    pk_fault fault = {.code = PK_CODE_SPOT_NAMES,
                      .page = PK_WHOLE_FILE,
                      .span = span,
                      .hint = "give the ink one name everywhere, exactly as the ink's maker writes it"};
    pk_checker_fault(checker, &fault, "the spot inks '%s' and '%s' are one by name, and become two plates", other,
                     name);
  }
}

int pk_checker_spot(pk_checker *checker, const char *name, pk_span span) {
  for (guint i = 0; i < checker->spots->len; i++)
    if (strcmp(g_ptr_array_index(checker->spots, i), name) == 0) return (int)i + 4;
  if (checker->spots->len + 4 >= PK_PLATES_MAX) return -1;
  compare_names(checker, name, span);
  g_ptr_array_add(checker->spots, pk_arena_strdup(checker->job->arena, name));
  return (int)checker->spots->len + 3;
}

/* ---- the end ------------------------------------------------------------- */

/* " (also on pages 2, 4-7)": where else in a PDF the same is to be said. What is
 * told so is marked in `is_told`. */
static void append_pages(const pk_checker *checker, guint first, bool *is_told, GString *out) {
  const pk_finding *all = &g_array_index(checker->findings, pk_finding, 0), *finding = &all[first];
  GString *pages = g_string_new(NULL);
  size_t count = 0, from = 0, to = 0;
  for (guint i = first + 1; i <= checker->findings->len; i++) {
    bool is_end = i == checker->findings->len;
    if (!is_end && (all[i].code != finding->code || all[i].page == PK_WHOLE_FILE || all[i].page == finding->page ||
                    strcmp(all[i].message, finding->message) != 0))
      continue;
    if (!is_end) is_told[i] = true;
    if (!is_end && count && all[i].page == to + 1) {
      to++;
      count++;
      continue;
    }
    if (count && pages->len < 200) {
      g_string_append_printf(pages, pages->len ? ", %zu" : "%zu", from + 1);
      if (to > from) g_string_append_printf(pages, "-%zu", to + 1);
    }
    if (!is_end) from = to = all[i].page, count++;
  }
  if (count) g_string_append_printf(out, " (also on page%s %s)", count > 1 ? "s" : "", pages->str);
  g_string_free(pages, TRUE);
}

static void raise_finding(const pk_checker *checker, guint number, bool *is_told) {
  const pk_finding *finding = &g_array_index(checker->findings, pk_finding, number);
  pk_diag *diag = checker->job->diag;
  g_autoptr(GString) text = g_string_new(finding->message);
  if (finding->count > 1) g_string_append_printf(text, " (and %zu more like it)", finding->count - 1);
  if (finding->span.source && finding->span.source->is_paged && finding->page != PK_WHOLE_FILE)
    append_pages(checker, number, is_told, text);
  pk_diagnostic *d = pk_diag_add(diag, finding->code, finding->span, "%s", text->str);
  if (finding->hint) pk_diag_hint(diag, d, "%s", finding->hint);
}

static void check_multiple(pk_checker *checker) {
  const pk_printer *printer = checker->printer;
  size_t count = checker->page.document_pages, multiple = (size_t)MAX(printer->pages.multiple, 1);
  if (count % multiple == 0 || printer->pages.fill == PK_PAGES_BLANK) return;
  const pk_source *source = checker->page.span.source;
  pk_fault fault = {.code = PK_CODE_PAGE_MULTIPLE, .page = PK_WHOLE_FILE};
  if (source && source->is_paged) fault.span = (pk_span){source, PK_WHOLE_FILE, PK_WHOLE_FILE};
  pk_checker_fault(checker, &fault, "the document has %zu page%s; the printer %s wants a multiple of %zu", count,
                   count == 1 ? "" : "s", printer->name, multiple);
}

void pk_checker_finish(pk_checker *checker, pk_findings *out) {
  check_multiple(checker);
  g_autofree bool *is_told = g_new0(bool, checker->findings->len + 1);
  for (guint i = 0; i < checker->findings->len; i++)
    if (!is_told[i]) raise_finding(checker, i, is_told);
  out->count = checker->findings->len;
  out->items = pk_arena_take_array(checker->job->arena, checker->findings);
  g_array_unref(checker->badness);
  g_array_unref(checker->grounds);
  g_ptr_array_unref(checker->spots);
  g_free(checker);
}
