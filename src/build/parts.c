#include "build/parts.h"

#include <string.h>

#include "language/language.h"

/* Below this a document has no cover to speak of: it would be all cover. */
enum { FEWEST_WITH_COVER = 8 };

/* ---- names --------------------------------------------------------------- */

static void put_plain(GString *out, const char *text) {
  for (; *text; text++) g_string_append_c(out, g_ascii_isalnum(*text) || strchr("-_.", *text) ? *text : '-');
}

/* English letters and digits: Cyrillic as Serbian Latin, marks off, dj for d with
 * a stroke. */
static void put_english(pk_job *job, GString *out, const char *text) {
  const char *latin = g_utf8_validate(text, -1, NULL) ? pk_language_convert(job->arena, PK_LANG_SR_LATN, text) : "";
  g_autofree char *normal = g_utf8_normalize(latin, -1, G_NORMALIZE_NFD);
  g_autoptr(GString) plain = g_string_new(NULL);
  for (const char *at = normal; *at; at = g_utf8_next_char(at)) {
    gunichar letter = g_utf8_get_char(at);
    if (g_unichar_ismark(letter)) continue;
    if (letter == 0x111 || letter == 0x110)
      g_string_append(plain, letter == 0x111 ? "dj" : "Dj");
    else
      g_string_append_c(plain, letter < 0x80 ? (char)letter : '-');
  }
  put_plain(out, plain->str);
}

static char *stem_of(const char *path) {
  char *name = g_path_get_basename(path), *ending = strrchr(name, '.');
  if (ending && ending != name) *ending = 0;
  return name;
}

static void put_number(GString *out, size_t number, size_t most) {
  int digits = 1;
  while (most /= 10) digits++;
  g_string_append_printf(out, "%0*zu", digits, number);
}

static void put_date(GString *out, int64_t timestamp) {
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(timestamp);
  g_autofree char *day = date ? g_date_time_format(date, "%Y-%m-%d") : NULL;
  g_string_append(out, day ? day : "");
}

/* The first and last page in a part, 1-based. */
static size_t page_of(const pk_output_part *part, size_t number) {
  return part->pages ? part->pages[number] + 1 : number + 1;
}

static void put_field(pk_job *job, GString *out, const pk_parts_input *in, const pk_output_part *part,
                      const char *field) {
  g_autofree char *name = stem_of(in->options->article), *layout = stem_of(in->layout_path);
  if (strcmp(field, "name") == 0) g_string_append(out, name);
  if (strcmp(field, "plain-name") == 0) put_english(job, out, name);
  if (strcmp(field, "lang") == 0) g_string_append(out, pk_lang_tag(in->list->lang));
  if (strcmp(field, "layout") == 0) put_plain(out, layout);
  if (strcmp(field, "date") == 0) put_date(out, in->timestamp);
  if (strcmp(field, "printer") == 0) put_plain(out, in->printer->name);
  if (strcmp(field, "part") == 0) g_string_append(out, part->name);
  if (strcmp(field, "pages") == 0) g_string_append_printf(out, "%zu", part->count + part->blanks);
  if (strcmp(field, "first") == 0) put_number(out, page_of(part, 0), in->list->page_count);
  if (strcmp(field, "last") == 0)
    put_number(out, page_of(part, part->count - 1) + part->blanks, in->list->page_count + part->blanks);
}

/* The printer's pattern, filled. The reader has checked it. */
static const char *name_by_pattern(pk_job *job, const pk_parts_input *in, const pk_output_part *part) {
  GString *out = g_string_new(NULL);
  for (const char *at = in->printer->file_name; *at; at++) {
    const char *end = *at == '{' ? strchr(at, '}') : NULL;
    if (end) {
      g_autofree char *field = g_strndup(at + 1, (size_t)(end - at - 1));
      put_field(job, out, in, part, field);
      at = end;
    } else {
      g_string_append_c(out, *at);
    }
  }
  g_string_append(out, ".pdf");
  const char *kept = pk_arena_strdup(job->arena, out->str);
  g_string_free(out, TRUE);
  return kept;
}

/* "out.pdf" -> "out-cover.pdf" where there are several parts. */
static const char *name_given(pk_job *job, const char *output, const pk_output_part *part, bool is_only) {
  if (is_only) return output;
  size_t stem = strlen(output) - (g_str_has_suffix(output, ".pdf") ? strlen(".pdf") : 0);
  return pk_arena_printf(job->arena, "%.*s-%s.pdf", (int)stem, output, part->name);
}

static void name_parts(pk_job *job, const pk_parts_input *in, pk_output_part *parts, size_t count) {
  const char *output = in->options->output;
  for (size_t i = 0; i < count; i++) {
    if (output || !in->printer)
      parts[i].path = name_given(
          job, output ? output : pk_output_default(job->arena, in->options->article, PRESSKIT_PRESS, PRESSKIT_PDF),
          &parts[i], count == 1);
    else
      parts[i].path = name_by_pattern(job, in, &parts[i]);
  }
  /* A pattern that does not tell the parts apart. */
  if (count > 1 && strcmp(parts[0].path, parts[1].path) == 0)
    for (size_t i = 0; i < count; i++) parts[i].path = name_given(job, parts[i].path, &parts[i], false);
}

/* ---- pages --------------------------------------------------------------- */

pk_status pk_parts_fill(pk_job *job, const pk_printer *printer, size_t page_count, size_t *blanks) {
  size_t multiple = printer ? (size_t)printer->pages.multiple : 1, over = page_count % multiple;
  *blanks = over ? multiple - over : 0;
  if (!over || printer->pages.fill == PK_PAGES_BLANK) return PK_OK;
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_PAGE_MULTIPLE, PK_SPAN_NONE,
                                      "the document has %zu page%s; the printer %s wants a multiple of %zu", page_count,
                                      page_count == 1 ? "" : "s", printer->name, multiple);
  pk_diag_hint(job->diag, raised, "add %zu or take away %zu, or let blank pages be added:  pages: {fill: blank}",
               *blanks, over);
  return PK_FAILED;
}

const size_t *pk_parts_inside(pk_arena *arena, const pk_parts_input *in, size_t *count) {
  *count = in->list->page_count - in->front - in->back;
  size_t *pages = PK_NEW_ARRAY(arena, size_t, MAX(*count, 1));
  for (size_t i = 0; i < *count; i++) pages[i] = in->front + i;
  return pages;
}

/* The pages of the cover, one by one. */
static pk_output_part cover_pages(pk_job *job, const pk_parts_input *in) {
  size_t count = in->list->page_count, of_cover = in->front + in->back;
  size_t *cover = PK_NEW_ARRAY(job->arena, size_t, of_cover);
  for (size_t i = 0; i < in->front; i++) cover[i] = i;
  for (size_t i = 0; i < in->back; i++) cover[in->front + i] = count - in->back + i;
  return (pk_output_part){.name = "cover", .list = in->list, .pages = cover, .count = of_cover};
}

static size_t divide(pk_job *job, const pk_parts_input *in, pk_cover_policy policy, size_t blanks,
                     pk_output_part parts[PK_MOST_PARTS]) {
  size_t inside_count, count = 0;
  const size_t *inside = pk_parts_inside(job->arena, in, &inside_count);
  const pk_list *whole = policy == PK_COVER_SPREAD ? pk_list_spread(job->arena, in->list) : NULL;
  const pk_list *spine = whole ? NULL : pk_list_spine(job->arena, in->list);
  parts[count++] =
      whole ? (pk_output_part){.name = "cover", .list = whole, .count = whole->page_count} : cover_pages(job, in);
  if (spine) parts[count++] = (pk_output_part){.name = "spine", .list = spine, .count = 1};
  parts[count++] =
      (pk_output_part){.name = "inside", .list = in->list, .pages = inside, .count = inside_count, .blanks = blanks};
  return count;
}

/* What becomes of the cover. Stitched round few pages it is no more than the outer
 * ones of them. */
static pk_cover_policy policy_of(const pk_parts_input *in) {
  bool is_bound = in->list->spine_width > 0;
  bool has_cover = is_bound ? in->front || in->back : in->front && in->back;
  if (!in->printer || in->is_whole || !has_cover) return PK_COVER_TOGETHER;
  pk_cover_policy policy = is_bound ? in->printer->pages.bound_cover : in->printer->pages.cover;
  bool is_for_press = in->options->edition == PRESSKIT_PRESS || in->options->edition == PRESSKIT_PROOF;
  if (policy == PK_COVER_SPREAD && !is_for_press) return PK_COVER_TOGETHER;
  return is_bound || in->list->page_count >= FEWEST_WITH_COVER ? policy : PK_COVER_TOGETHER;
}

const pk_list *pk_parts_cover(pk_job *job, const pk_parts_input *in) {
  pk_cover_policy policy = policy_of(in);
  bool is_sheet = policy == PK_COVER_SPREAD || (policy == PK_COVER_APART && in->list->spine);
  return is_sheet ? pk_list_spread(job->arena, in->list) : NULL;
}

pk_status pk_parts_plan(pk_job *job, const pk_parts_input *in, const size_t *pages, size_t count,
                        pk_output_part parts[PK_MOST_PARTS], size_t *part_count) {
  size_t blanks = 0;
  pk_status status = pages || in->is_bound ? PK_OK : pk_parts_fill(job, in->printer, in->list->page_count, &blanks);
  if (status != PK_OK) return status;
  pk_cover_policy policy = pages ? PK_COVER_TOGETHER : policy_of(in);
  parts[0] = (pk_output_part){.name = "pages", .list = in->list, .pages = pages, .count = count, .blanks = blanks};
  *part_count = policy == PK_COVER_TOGETHER ? 1 : divide(job, in, policy, blanks, parts);
  name_parts(job, in, parts, *part_count);
  return PK_OK;
}
