/* Inks -> colour operators. Nothing else in pdf/ writes the colour of an ink.
 *
 * CMYK editions draw an ink by its own process values scaled by the tint; a spot
 * ink as a tint of its Separation, whose alternate is that CMYK, or by the CMYK
 * where the printer has no plate for it. Other editions draw the ink's screen
 * colour, tinted towards white; for an office printer what is neutral is grey,
 * so that it comes from black toner alone.
 *
 * Overprint goes with the ink that is set. Black alone, full, as text or as a
 * line prints over what lies under it; everything else, white above all, knocks
 * it out. OPM 1: an ink that a CMYK colour does not use is left as it is. */
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

static bool is_black_alone(const pk_ink *ink) {
  return ink->cmyk[0] == 0 && ink->cmyk[1] == 0 && ink->cmyk[2] == 0 && ink->cmyk[3] == 1;
}

void pk_pdf_colour_of(const pk_list *list, const pk_printer *printer, uint32_t number, double tint, bool is_area,
                      pk_paint_colour *out) {
  const pk_ink *ink = &list->inks[number];
  const double *from = ink->is_rich && is_area ? printer->black.rich : ink->cmyk;
  *out = (pk_paint_colour){.is_plate = ink->spot && printer->spots == PK_SPOTS_KEEP};
  for (size_t i = 0; i < 4 && !out->is_plate; i++) out->cmyk[i] = from[i] * tint;
  out->overprints = printer->black.overprints && !out->is_plate && !is_area && tint == 1 && is_black_alone(ink);
}

static bool is_plate(const pk_pdf_file *file, const pk_ink *ink) {
  return file->traits->is_cmyk && ink->spot && file->printer->spots == PK_SPOTS_KEEP;
}

static void put_ink(const pk_pdf_file *file, GString *out, uint32_t number, double tint, bool is_area) {
  const pk_ink *ink = &file->list->inks[number];
  if (is_plate(file, ink)) {
    g_string_append_printf(out, "/S%u cs ", number);
    put_components(out, &tint, 1, "scn");
  } else if (file->traits->is_cmyk) {
    pk_paint_colour colour;
    pk_pdf_colour_of(file->list, file->printer, number, tint, is_area, &colour);
    put_components(out, colour.cmyk, 4, "k");
  } else {
    double rgb[3];
    for (size_t i = 0; i < 3; i++) rgb[i] = 1 - (1 - ink->screen[i]) * tint;
    bool is_grey = file->traits->has_grey && rgb[0] == rgb[1] && rgb[1] == rgb[2];
    put_components(out, rgb, is_grey ? 1 : 3, is_grey ? "g" : "rg");
  }
}

static bool overprints(const pk_pdf_file *file, uint32_t ink, double tint, bool is_area) {
  pk_paint_colour colour = {.overprints = false};
  if (file->traits->is_cmyk) pk_pdf_colour_of(file->list, file->printer, ink, tint, is_area, &colour);
  return colour.overprints;
}

static void set_overprint(pk_pdf_content *content, bool overprints) {
  if (overprints != content->overprints) g_string_append(content->out, overprints ? "/GO gs\n" : "/GK gs\n");
  content->overprints = overprints;
}

void pk_pdf_colour_knock_out(pk_pdf_content *content) {
  set_overprint(content, false);
}

void pk_pdf_colour_fill(pk_pdf_content *content, uint32_t ink, double tint, bool is_area) {
  pk_pdf_file *file = content->file;
  if (ink == PK_PDF_REGISTRATION) {
    set_overprint(content, false);
    g_string_append(content->out, "/SR cs 1 scn\n");
    content->has_ink = false;
    return;
  }
  if (ink >= file->list->ink_count) return;
  tint = CLAMP(tint, 0, 1);
  bool is_rich = is_area && file->list->inks[ink].is_rich;
  set_overprint(content, overprints(file, ink, tint, is_area));
  if (content->has_ink && content->ink == ink && content->tint == tint && content->is_rich == is_rich) return;
  put_ink(file, content->out, ink, tint, is_area);
  content->has_ink = true;
  content->ink = ink;
  content->tint = tint;
  content->is_rich = is_rich;
}

qpdf_oh pk_pdf_colour_states(pk_pdf_file *file) {
  if (!file->traits->is_cmyk || !file->printer->black.overprints) return 0;
  return pk_pdf_indirect(file, pk_pdf_raw(file, "<</GO<</Type/ExtGState/OP true/op true/OPM 1>>"
                                                "/GK<</Type/ExtGState/OP false/op false/OPM 0>>>>"));
}

/* ---- colour spaces ------------------------------------------------------- */

static qpdf_oh separation(pk_pdf_file *file, const char *name, const double cmyk[4]) {
  g_autoptr(GString) function = g_string_new("<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[");
  for (size_t i = 0; i < 4; i++) {
    if (i) g_string_append_c(function, ' ');
    pk_pdf_put_number(function, CLAMP(cmyk[i], 0, 1), COLOUR_DECIMALS);
  }
  g_string_append(function, "]>>");
  g_autofree char *key = g_strconcat("/", name, NULL);
  qpdf_oh space = pk_pdf_parse(file, "[/Separation]");
  pk_pdf_append(file, space, qpdf_oh_new_name(file->qpdf, key));
  pk_pdf_append(file, space, qpdf_oh_new_name(file->qpdf, "/DeviceCMYK"));
  pk_pdf_append(file, space, pk_pdf_raw(file, function->str));
  return pk_pdf_indirect(file, space);
}

bool pk_pdf_colour_is_plate(const pk_pdf_file *file, size_t ink) {
  return is_plate(file, &file->list->inks[ink]);
}

qpdf_oh pk_pdf_colour_spaces(pk_pdf_file *file, const bool *is_used) {
  qpdf_oh dict = 0;
  for (size_t i = 0; i < file->list->ink_count; i++) {
    const pk_ink *ink = &file->list->inks[i];
    if (!is_used[i] || !is_plate(file, ink)) continue;
    if (!dict) dict = qpdf_oh_new_dictionary(file->qpdf);
    char key[16];
    g_snprintf(key, sizeof key, "/S%u", (unsigned)i);
    pk_pdf_set(file, dict, key, separation(file, ink->spot, ink->cmyk));
  }
  return dict ? pk_pdf_indirect(file, dict) : 0;
}

qpdf_oh pk_pdf_colour_registration(pk_pdf_file *file) {
  static const double all[4] = {1, 1, 1, 1};
  return separation(file, "All", all);
}

void pk_pdf_colour_area(const pk_pdf_file *file, uint32_t ink, double tint, double cmyk[4]) {
  const pk_ink *of = &file->list->inks[MIN(ink, file->list->ink_count - 1)];
  const double *from = of->is_rich && !is_plate(file, of) ? file->printer->black.rich : of->cmyk;
  for (size_t i = 0; i < 4; i++) cmyk[i] = from[i] * CLAMP(tint, 0, 1);
}

void pk_pdf_art_colours(pk_job *job, const pk_list *list, const pk_printer *printer, pk_art_colours *out) {
  pk_art_ink *inks = PK_NEW_ARRAY(job->arena, pk_art_ink, list->ink_count);
  for (size_t i = 0; i < list->ink_count; i++) {
    for (size_t c = 0; c < 3; c++) inks[i].screen[c] = list->inks[i].screen[c];
    for (size_t c = 0; c < 4; c++) inks[i].cmyk[c] = list->inks[i].cmyk[c];
    inks[i].name = list->inks[i].spot;
    inks[i].spot = printer && printer->spots == PK_SPOTS_KEEP ? list->inks[i].spot : NULL;
  }
  *out = (pk_art_colours){.is_press = printer != NULL, .inks = inks, .ink_count = list->ink_count};
  if (!printer) return;
  out->profile_path = printer->profile;
  out->keeps_profiles =
      printer->images.policy == PK_IMAGES_KEEP && printer->standard != PK_STANDARD_X_1A_2003 && printer->profile;
  out->keeps_spots = printer->spots == PK_SPOTS_KEEP;
  out->black_overprints = printer->black.overprints;
  out->is_perceptual = printer->images.intent == PK_INTENT_PERCEPTUAL;
  out->is_opaque = !pk_pdf_traits_of(PK_EDITION_PRESS, printer->standard)->has_transparency;
  out->limits = (pk_art_limits){printer->images.colour.wanted, printer->images.grey.wanted, printer->images.most};
}

const pk_art_colours *pk_pdf_colour_art(pk_pdf_file *file) {
  pk_art_colours *colours = PK_NEW(file->job->arena, pk_art_colours);
  pk_pdf_art_colours(file->job, file->list, file->traits->is_cmyk ? file->printer : NULL, colours);
  if (!file->traits->is_cmyk) return colours;
  colours->keeps_profiles = file->printer->images.policy == PK_IMAGES_KEEP && file->standard != PK_STANDARD_X_1A_2003 &&
                            file->printer->profile;
  colours->is_opaque = !file->traits->has_transparency;
  return colours;
}
