/* Colours of any space -> those of the output.
 *
 * In:  numbers in a space of the file. Out: for the press brand colours as their
 * inks, what is neutral as black alone, inks as they are, the rest by conversion;
 * spot inks on their plates or from process inks, as the printer wants them. For a
 * screen the same brand colours as the screen knows them, and sRGB. In a mask a
 * colour is a measure of opacity, and becomes that as grey. */
#include <math.h>
#include <string.h>

#include "art/carrier.h"
#include "base/deflate.h"

static const char *const process_names[4] = {"Cyan", "Magenta", "Yellow", "Black"};

void pk_carry_put_number(GString *out, double value) {
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(text, sizeof text, "%.4f", value);
  size_t size = strlen(text);
  while (text[size - 1] == '0') size--;
  if (text[size - 1] == '.') size--;
  if (size == 2 && memcmp(text, "-0", 2) == 0) text[0] = '0', size = 1;
  g_string_append_len(out, text, (gssize)size);
}

pk_hues *pk_carry_hues(pk_carrier *c, qpdf_oh object, qpdf_oh resources) {
  pk_mapper *press = c->order->target == PK_TARGET_PRESS ? c->mapper : NULL;
  pk_hues *hues = pk_hues_read(c->qpdf, object, resources, press);
  if (hues) g_ptr_array_add(c->hues, hues);
  return hues;
}

/* In a picture for a screen, masks stay in the colours of their group. */
static bool is_opacity(const pk_carrier *c) {
  return c->is_mask && c->order->target != PK_TARGET_SCREEN;
}

int pk_carry_components(const pk_carrier *c) {
  if (is_opacity(c) || c->order->target == PK_TARGET_PLATE) return 1;
  return c->order->target == PK_TARGET_SCREEN ? 3 : 4;
}

const char *pk_carry_device(const pk_carrier *c) {
  static const char *const names[] = {[1] = "/DeviceGray", [3] = "/DeviceRGB", [4] = "/DeviceCMYK"};
  return names[pk_carry_components(c)];
}

/* ---- one colour ---------------------------------------------------------- */

static void set_grey(pk_mapped *out, double grey) {
  *out = (pk_mapped){.how = PK_MAPPED_DEVICE, .count = 1, .v = {CLAMP(grey, 0.0, 1.0)}};
}

static double lightness(const pk_hue *hue) {
  const double *v = hue->v;
  if (!hue->is_cmyk) return 0.3 * v[0] + 0.59 * v[1] + 0.11 * v[2];
  return 1 - fmin(1, 0.3 * v[0] + 0.59 * v[1] + 0.11 * v[2] + v[3]);
}

static bool is_neutral(const double rgb[3]) {
  return fabs(rgb[0] - rgb[1]) < 1.0 / 512 && fabs(rgb[1] - rgb[2]) < 1.0 / 512;
}

static void map_to_press(pk_carrier *c, const pk_hue *hue, pk_mapped *out) {
  const pk_art_colours *colours = c->mapper->colours;
  double share;
  const pk_art_ink *ink =
      hue->is_cmyk ? pk_mapper_ink_of_cmyk(c->mapper, hue->v, &share) : pk_mapper_ink(c->mapper, hue->v, &share);
  *out = (pk_mapped){.how = PK_MAPPED_DEVICE, .count = 4};
  if (ink && ink->spot) {
    *out = (pk_mapped){.how = PK_MAPPED_INK, .ink = (size_t)(ink - colours->inks), .share = share};
  } else if (hue->is_cmyk) {
    memcpy(out->v, hue->v, sizeof hue->v);
  } else if (hue->has_press && !ink && !is_neutral(hue->v)) {
    memcpy(out->v, hue->press, sizeof hue->press);
  } else {
    pk_mapper_map(c->mapper, hue->v, out->v);
  }
}

static void mix_screen(const pk_art_ink *ink, double share, double rgb[4]) {
  for (int i = 0; i < 3; i++) rgb[i] = 1 - share * (1 - ink->screen[i]);
}

static void map_to_screen(pk_carrier *c, const pk_hue *hue, pk_mapped *out) {
  *out = (pk_mapped){.how = PK_MAPPED_DEVICE, .count = 3};
  const double *v = hue->v;
  if (!hue->is_cmyk) {
    memcpy(out->v, v, 3 * sizeof *v);
    return;
  }
  double share;
  const pk_art_ink *ink = pk_mapper_ink_of_cmyk(c->mapper, v, &share);
  if (ink) mix_screen(ink, share, out->v);
  for (int i = 0; !ink && i < 3; i++) out->v[i] = (1 - v[i]) * (1 - v[3]);
}

static void map_to_plate(const pk_carrier *c, const pk_hue *hue, pk_overprint over, pk_mapped *out) {
  double inks[4] = {0};
  if (hue->is_cmyk)
    memcpy(inks, hue->v, sizeof inks);
  else
    inks[3] = 1 - lightness(hue);
  for (int i = 0; i < 4; i++) {
    if (strcmp(c->order->plate, process_names[i]) != 0) continue;
    set_grey(out, 1 - inks[i]);
    if (over.overprints && over.keeps_zero && inks[i] == 0) *out = (pk_mapped){.how = PK_MAPPED_NONE};
    return;
  }
  set_grey(out, 1);
  if (over.overprints) *out = (pk_mapped){.how = PK_MAPPED_NONE};
}

static void map_hue(pk_carrier *c, const pk_hue *hue, pk_overprint over, pk_mapped *out) {
  if (is_opacity(c))
    set_grey(out, lightness(hue));
  else if (c->order->target == PK_TARGET_PRESS)
    map_to_press(c, hue, out);
  else if (c->order->target == PK_TARGET_SCREEN)
    map_to_screen(c, hue, out);
  else
    map_to_plate(c, hue, over, out);
}

/* ---- plates -------------------------------------------------------------- */

static int process_of(const char *name) {
  for (int i = 0; i < 4; i++)
    if (strcmp(name, process_names[i]) == 0) return i;
  return -1;
}

static const pk_art_ink *ink_called(const pk_carrier *c, const char *name) {
  const pk_art_colours *colours = c->mapper->colours;
  for (size_t i = 0; i < colours->ink_count; i++)
    if (colours->inks[i].name && strcmp(colours->inks[i].name, name) == 0) return &colours->inks[i];
  return NULL;
}

static bool is_all(const pk_hues *hues) {
  return hues->components == 1 && strcmp(hues->names[0], "All") == 0;
}
static bool is_none(const pk_hues *hues) {
  for (int i = 0; i < hues->components; i++)
    if (strcmp(hues->names[i], "None") != 0) return false;
  return true;
}

/* Process inks alone, by their names: as CMYK. */
static bool as_process(const pk_hues *hues, const double *n, pk_hue *out) {
  *out = (pk_hue){.is_cmyk = true};
  for (int i = 0; i < hues->components; i++) {
    int process = process_of(hues->names[i]);
    if (process < 0) return false;
    out->v[process] = CLAMP(n[i], 0.0, 1.0);
  }
  return true;
}

static void plates_to_plate(const pk_carrier *c, const pk_hues *hues, const double *n, pk_overprint over,
                            pk_mapped *out) {
  for (int i = 0; i < hues->components; i++) {
    if (strcmp(hues->names[i], c->order->plate) != 0 && !is_all(hues)) continue;
    set_grey(out, 1 - n[i]);
    return;
  }
  set_grey(out, 1);
  if (over.overprints) *out = (pk_mapped){.how = PK_MAPPED_NONE};
}

static void map_plates(pk_carrier *c, const pk_hues *hues, const double *n, pk_overprint over, pk_mapped *out) {
  pk_hue hue;
  const pk_art_ink *ink = hues->components == 1 ? ink_called(c, hues->names[0]) : NULL;
  bool is_press = c->order->target == PK_TARGET_PRESS, is_process = as_process(hues, n, &hue);
  if (is_none(hues)) {
    *out = (pk_mapped){.how = PK_MAPPED_NONE};
    return;
  }
  if (!is_opacity(c) && c->order->target == PK_TARGET_PLATE) {
    plates_to_plate(c, hues, n, over, out);
    return;
  }
  if (!is_opacity(c) && is_press && ink && ink->spot) {
    *out = (pk_mapped){.how = PK_MAPPED_INK, .ink = (size_t)(ink - c->mapper->colours->inks), .share = n[0]};
    return;
  }
  if (!is_opacity(c) && is_press && !is_process && (c->mapper->colours->keeps_spots || is_all(hues))) {
    *out = (pk_mapped){.how = PK_MAPPED_SPACE};
    return;
  }
  if (ink && is_press) {
    hue = (pk_hue){.is_cmyk = true};
    for (int i = 0; i < 4; i++) hue.v[i] = n[0] * ink->cmyk[i];
  } else if (ink) {
    hue = (pk_hue){.is_cmyk = false};
    mix_screen(ink, n[0], hue.v);
  } else if (!is_process) {
    pk_hues_colour(hues, n, &hue);
  }
  map_hue(c, &hue, over, out);
}

void pk_carry_map(pk_carrier *c, const pk_hues *hues, const double *numbers, pk_overprint over, pk_mapped *out) {
  double n[PK_FUNCTION_MAX];
  for (int i = 0; i < hues->components; i++) n[i] = isfinite(numbers[i]) ? numbers[i] : 0;
  if (hues->kind == PK_HUES_PLATES) {
    for (int i = 0; i < hues->components; i++) n[i] = CLAMP(n[i], 0.0, 1.0);
    map_plates(c, hues, n, over, out);
    return;
  }
  if (hues->kind == PK_HUES_INDEXED && hues->base->kind == PK_HUES_PLATES) {
    size_t at = (size_t)CLAMP(n[0], 0, hues->highest) * (size_t)hues->base->components;
    for (int i = 0; i < hues->base->components; i++) n[i] = hues->palette[at + (size_t)i] / 255.0;
    map_plates(c, hues->base, n, over, out);
    return;
  }
  pk_hue hue;
  pk_hues_colour(hues, n, &hue);
  map_hue(c, &hue, over, out);
}

void pk_carry_device_colour(pk_carrier *c, const pk_hues *hues, const double *numbers, double *out) {
  pk_mapped mapped;
  pk_carry_map(c, hues, numbers, (pk_overprint){0}, &mapped);
  for (int i = 0; i < 4; i++) out[i] = mapped.v[i];
  if (mapped.how == PK_MAPPED_INK)
    for (int i = 0; i < 4; i++) out[i] = mapped.share * c->mapper->colours->inks[mapped.ink].cmyk[i];
  if (mapped.how == PK_MAPPED_NONE)
    for (int i = 0; i < 4; i++) out[i] = pk_carry_components(c) == 4 ? 0 : 1;
  if (mapped.how != PK_MAPPED_SPACE) return;
  pk_hue hue;
  pk_hues_colour(hues, numbers, &hue);
  map_hue(c, &hue, (pk_overprint){0}, &mapped);
  for (int i = 0; i < 4; i++) out[i] = mapped.v[i];
  if (mapped.how == PK_MAPPED_INK)
    for (int i = 0; i < 4; i++) out[i] = mapped.share * c->mapper->colours->inks[mapped.ink].cmyk[i];
}

/* ---- spaces of plates ---------------------------------------------------- */

static void note_plate(pk_carrier *c, const char *name) {
  GPtrArray *plates = c->left->plates;
  if (!plates || process_of(name) >= 0 || strcmp(name, "All") == 0 || strcmp(name, "None") == 0) return;
  if (!g_ptr_array_find_with_equal_func(plates, name, g_str_equal, NULL)) g_ptr_array_add(plates, g_strdup(name));
}

static qpdf_oh name_object(const pk_carrier *c, const char *name) {
  g_autofree char *key = g_strconcat("/", name, NULL);
  return qpdf_oh_new_name(c->qpdf, key);
}

static qpdf_oh straight(pk_carrier *c, const double cmyk[4]) {
  g_autoptr(GString) function = g_string_new("<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[");
  for (size_t i = 0; i < 4; i++) {
    pk_carry_put_number(function, cmyk[i]);
    g_string_append(function, i < 3 ? " " : "]>>");
  }
  return qpdf_oh_parse(c->qpdf, function->str);
}

static qpdf_oh separation(pk_carrier *c, const char *name, qpdf_oh function) {
  note_plate(c, name);
  qpdf_oh space = qpdf_oh_parse(c->qpdf, "[/Separation]");
  qpdf_oh_append_item(c->qpdf, space, name_object(c, name));
  qpdf_oh_append_item(c->qpdf, space, qpdf_oh_new_name(c->qpdf, "/DeviceCMYK"));
  qpdf_oh_append_item(c->qpdf, space, function);
  return space;
}

qpdf_oh pk_carry_ink_space(pk_carrier *c, size_t ink) {
  const pk_art_ink *of = &c->mapper->colours->inks[ink];
  return separation(c, of->spot, straight(c, of->cmyk));
}

qpdf_oh pk_carry_sampled(pk_carrier *c, int inputs, int size, int count, const double *domain, const uint8_t *samples) {
  GString *keys = g_string_new("<</FunctionType 0/BitsPerSample 8/Domain[");
  size_t bytes = (size_t)count;
  for (int i = 0; i < 2 * inputs; i++) g_string_append_c(keys, ' '), pk_carry_put_number(keys, domain[i]);
  g_string_append(keys, "]/Size[");
  for (int i = 0; i < inputs; i++) g_string_append_printf(keys, "%d ", size), bytes *= (size_t)size;
  g_string_append(keys, "]/Range[");
  for (int i = 0; i < count; i++) g_string_append(keys, "0 1 ");
  g_string_append(keys, "]>>");
  qpdf_oh stream = qpdf_oh_new_stream(c->qpdf), dict = qpdf_oh_get_dict(c->qpdf, stream);
  qpdf_oh extra = qpdf_oh_parse(c->qpdf, keys->str);
  g_auto(GStrv) names = pk_carry_keys(c, extra);
  for (char **name = names; *name; name++)
    qpdf_oh_replace_key(c->qpdf, dict, *name, qpdf_oh_get_key(c->qpdf, extra, *name));
  g_string_free(keys, TRUE);
  pk_carry_put_data(c, stream, samples, bytes, NULL);
  return stream;
}

/* The tint of plates in CMYK, at the points of a grid: exact for one ink where it is
 * straight, as nearly all are. */
static qpdf_oh tint_function(pk_carrier *c, const pk_hues *hues) {
  static const int sizes[] = {0, 255, 17, 9, 7, 5, 3, 3};
  const int inputs = hues->components, size = inputs < (int)G_N_ELEMENTS(sizes) ? sizes[inputs] : 2;
  double domain[2 * PK_FUNCTION_MAX], full[4] = {0};
  if (inputs > 10) return 0;
  size_t points = 1;
  for (int i = 0; i < inputs; i++) points *= (size_t)size, domain[2 * i] = 0, domain[2 * i + 1] = 1;
  g_autofree uint8_t *samples = g_malloc(points * 4);
  bool is_straight = inputs == 1;
  for (int round = 0; round < 2; round++) /* the last sample first, which the rest is compared with */
    for (size_t at = round ? 0 : points - 1; at < points; at++) {
      double n[PK_FUNCTION_MAX], cmyk[4];
      size_t rest = at;
      for (int i = 0; i < inputs; i++, rest /= (size_t)size) n[i] = (double)(rest % (size_t)size) / (size - 1);
      pk_hue hue;
      pk_mapped mapped;
      pk_hues_colour(hues, n, &hue);
      map_to_press(c, &hue, &mapped);
      for (int i = 0; i < 4; i++)
        cmyk[i] =
            mapped.how == PK_MAPPED_INK ? mapped.share * c->mapper->colours->inks[mapped.ink].cmyk[i] : mapped.v[i];
      if (!round) memcpy(full, cmyk, sizeof full);
      for (int i = 0; i < 4; i++) {
        samples[4 * at + (size_t)i] = (uint8_t)lround(CLAMP(cmyk[i], 0.0, 1.0) * 255);
        is_straight = is_straight && fabs(cmyk[i] - full[i] * n[0]) < 1.0 / 400;
      }
    }
  return is_straight ? straight(c, full) : pk_carry_sampled(c, inputs, size, 4, domain, samples);
}

qpdf_oh pk_carry_space(pk_carrier *c, const pk_hues *hues) {
  gpointer known = g_hash_table_lookup(c->spaces, hues);
  if (known) return qpdf_get_object_by_id(c->qpdf, GPOINTER_TO_INT(known), 0);
  qpdf_oh function = tint_function(c, hues), space;
  if (!function) {
    pk_carry_stuck(c, "a mixture of %d spot inks", hues->components);
    return qpdf_oh_new_name(c->qpdf, "/DeviceGray");
  }
  if (hues->components == 1) {
    space = separation(c, hues->names[0], function);
  } else {
    qpdf_oh names = qpdf_oh_new_array(c->qpdf);
    for (int i = 0; i < hues->components; i++) {
      note_plate(c, hues->names[i]);
      qpdf_oh_append_item(c->qpdf, names, name_object(c, hues->names[i]));
    }
    space = qpdf_oh_parse(c->qpdf, "[/DeviceN]");
    qpdf_oh_append_item(c->qpdf, space, names);
    qpdf_oh_append_item(c->qpdf, space, qpdf_oh_new_name(c->qpdf, "/DeviceCMYK"));
    qpdf_oh_append_item(c->qpdf, space, function);
  }
  qpdf_oh object = qpdf_make_indirect_object(c->qpdf, space);
  g_hash_table_insert(c->spaces, (gpointer)hues, GINT_TO_POINTER(qpdf_oh_get_object_id(c->qpdf, object)));
  return object;
}
