/* Inks -> colour operators. Nothing else in pdf/ writes a colour.
 *
 * CMYK editions draw an ink by its own process values scaled by the tint, a spot
 * ink as a tint of its Separation, whose alternate is that CMYK. The screen
 * edition draws the ink's screen colour, tinted towards white. Overprint belongs
 * here too: it goes with the ink that is set. */
#include "pdf/content.h"
#include "pdf/number.h"

enum { COLOUR_DECIMALS = 4 };

static void put_components(GString *out, const double *values, size_t count, const char *operator) {
  for (size_t i = 0; i < count; i++) {
    pk_pdf_put_number(out, CLAMP(values[i], 0, 1), COLOUR_DECIMALS);
    g_string_append_c(out, ' ');
  }
  g_string_append(out, operator);
  g_string_append_c(out, '\n');
}

static void put_ink(const pk_pdf_file *file, GString *out, uint32_t number, double tint) {
  const pk_ink *ink = &file->list->inks[number];
  if (file->traits->is_cmyk && ink->spot) {
    g_string_append_printf(out, "/S%u cs ", number);
    put_components(out, &tint, 1, "scn");
  } else if (file->traits->is_cmyk) {
    double cmyk[4];
    for (size_t i = 0; i < 4; i++) cmyk[i] = ink->cmyk[i] * tint;
    put_components(out, cmyk, 4, "k");
  } else {
    double rgb[3];
    for (size_t i = 0; i < 3; i++) rgb[i] = 1 - (1 - ink->screen[i]) * tint;
    put_components(out, rgb, 3, "rg");
  }
}

void pk_pdf_colour_fill(pk_pdf_content *content, uint32_t ink, double tint) {
  if (ink >= content->file->list->ink_count) return;
  tint = CLAMP(tint, 0, 1);
  if (content->has_ink && content->ink == ink && content->tint == tint) return;
  put_ink(content->file, content->out, ink, tint);
  content->has_ink = true;
  content->ink = ink;
  content->tint = tint;
}

static qpdf_oh separation(pk_pdf_file *file, const pk_ink *ink) {
  g_autoptr(GString) function = g_string_new("<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[");
  for (size_t i = 0; i < 4; i++) {
    if (i) g_string_append_c(function, ' ');
    pk_pdf_put_number(function, CLAMP(ink->cmyk[i], 0, 1), COLOUR_DECIMALS);
  }
  g_string_append(function, "]>>");
  g_autofree char *name = g_strconcat("/", ink->spot, NULL);
  qpdf_oh space = pk_pdf_parse(file, "[/Separation]");
  pk_pdf_append(file, space, qpdf_oh_new_name(file->qpdf, name));
  pk_pdf_append(file, space, qpdf_oh_new_name(file->qpdf, "/DeviceCMYK"));
  pk_pdf_append(file, space, pk_pdf_parse(file, function->str));
  return pk_pdf_indirect(file, space);
}

qpdf_oh pk_pdf_colour_spaces(pk_pdf_file *file, const bool *is_used) {
  if (!file->traits->is_cmyk) return 0;
  qpdf_oh dict = 0;
  for (size_t i = 0; i < file->list->ink_count; i++) {
    if (!is_used[i] || !file->list->inks[i].spot) continue;
    if (!dict) dict = qpdf_oh_new_dictionary(file->qpdf);
    char key[16];
    g_snprintf(key, sizeof key, "/S%u", (unsigned)i);
    pk_pdf_set(file, dict, key, separation(file, &file->list->inks[i]));
  }
  return dict ? pk_pdf_indirect(file, dict) : 0;
}

const pk_art_colours *pk_pdf_colour_art(pk_pdf_file *file) {
  const pk_list *list = file->list;
  pk_arena *arena = file->job->arena;
  pk_art_ink *inks = PK_NEW_ARRAY(arena, pk_art_ink, list->ink_count);
  for (size_t i = 0; i < list->ink_count; i++) {
    for (size_t c = 0; c < 3; c++) inks[i].screen[c] = list->inks[i].screen[c];
    for (size_t c = 0; c < 4; c++) inks[i].cmyk[c] = list->inks[i].cmyk[c];
  }
  pk_art_colours *colours = PK_NEW(arena, pk_art_colours);
  colours->is_press = file->traits->is_cmyk;
  colours->inks = inks;
  colours->ink_count = list->ink_count;
  return colours;
}
