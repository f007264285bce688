/* Colour spaces, as far as it matters which inks they come to. */
#include <math.h>
#include <string.h>

#include "preflight/state.h"

enum { SPACES_DEEP = 4 };

static const char *const process_names[] = {"Cyan", "Magenta", "Yellow", "Black"};

static int plate_of(pk_interpreter *in, const char *name) {
  for (int i = 0; i < 4; i++)
    if (strcmp(name, process_names[i]) == 0) return i;
  if (strcmp(name, "None") == 0) return -1;
  return pk_checker_spot(in->checker, name, in->base->span);
}

static pk_space plain(pk_space_kind kind, int components) {
  return (pk_space){.kind = kind, .components = components};
}

static pk_space profile_space(pk_interpreter *in, qpdf_oh stream) {
  qpdf_oh dict = qpdf_oh_is_stream(in->qpdf, stream) ? qpdf_oh_get_dict(in->qpdf, stream) : stream;
  int n = 0;
  qpdf_oh_get_value_as_int(in->qpdf, qpdf_oh_get_key_if_dict(in->qpdf, dict, "/N"), &n);
  return n == 4 ? plain(PK_SPACE_CMYK, 4) : n == 1 ? plain(PK_SPACE_TAGGED_GREY, 1) : plain(PK_SPACE_TAGGED, 3);
}

static pk_space plate_space(pk_interpreter *in, qpdf_oh names) {
  pk_space space = plain(PK_SPACE_PLATES, 1);
  if (!qpdf_oh_is_array(in->qpdf, names)) {
    g_autofree char *name = g_strdup(pk_reader_name(in->qpdf, names));
    if (strcmp(name, "All") == 0) return plain(PK_SPACE_REGISTRATION, 1);
    space.plates[0] = plate_of(in, name);
    return space;
  }
  space.components = MIN(qpdf_oh_get_array_n_items(in->qpdf, names), PK_PLATES_MAX);
  for (int i = 0; i < space.components; i++) {
    g_autofree char *name = g_strdup(pk_reader_name(in->qpdf, qpdf_oh_get_array_item(in->qpdf, names, i)));
    space.plates[i] = plate_of(in, name);
  }
  return space;
}

pk_space pk_space_read(pk_interpreter *in, qpdf_oh object, int depth) {
  static const struct {
    const char *name;
    pk_space_kind kind;
    int components;
  } devices[] = {
      {"DeviceGray", PK_SPACE_GREY, 1}, {"G", PK_SPACE_GREY, 1},
      {"DeviceRGB", PK_SPACE_RGB, 3},   {"RGB", PK_SPACE_RGB, 3},
      {"DeviceCMYK", PK_SPACE_CMYK, 4}, {"CMYK", PK_SPACE_CMYK, 4},
      {"Pattern", PK_SPACE_PATTERN, 0}, {"CalGray", PK_SPACE_TAGGED_GREY, 1},
      {"CalRGB", PK_SPACE_TAGGED, 3},   {"Lab", PK_SPACE_TAGGED, 3},
  };
  bool is_array = qpdf_oh_is_array(in->qpdf, object) && qpdf_oh_get_array_n_items(in->qpdf, object) > 0;
  qpdf_oh head = is_array ? qpdf_oh_get_array_item(in->qpdf, object, 0) : object;
  g_autofree char *name = g_strdup(pk_reader_name(in->qpdf, head));
  for (size_t i = 0; i < G_N_ELEMENTS(devices); i++)
    if (strcmp(name, devices[i].name) == 0) return plain(devices[i].kind, devices[i].components);
  if (!is_array && *name && depth < SPACES_DEEP) {
    qpdf_oh named = pk_content_resource(in, "/ColorSpace", name);
    return qpdf_oh_is_null(in->qpdf, named) ? plain(PK_SPACE_GREY, 1) : pk_space_read(in, named, depth + 1);
  }
  qpdf_oh second = is_array ? qpdf_oh_get_array_item(in->qpdf, object, 1) : object;
  if (strcmp(name, "ICCBased") == 0) return profile_space(in, second);
  if (strcmp(name, "Separation") == 0 || strcmp(name, "DeviceN") == 0) return plate_space(in, second);
  if ((strcmp(name, "Indexed") == 0 || strcmp(name, "I") == 0) && depth < SPACES_DEEP) {
    pk_space space = pk_space_read(in, second, depth + 1);
    space.base = space.kind;
    space.kind = PK_SPACE_INDEXED;
    space.components = 1;
    return space;
  }
  return plain(PK_SPACE_GREY, 1);
}

pk_colour_kind pk_space_colour_kind(const pk_space *space) {
  switch (space->kind == PK_SPACE_INDEXED ? space->base : space->kind) {
  case PK_SPACE_RGB: return PK_COLOUR_RGB;
  case PK_SPACE_TAGGED:
  case PK_SPACE_TAGGED_GREY: return PK_COLOUR_TAGGED;
  case PK_SPACE_REGISTRATION: return PK_COLOUR_REGISTRATION;
  case PK_SPACE_PATTERN: return PK_COLOUR_UNKNOWN;
  default: return PK_COLOUR_INKS;
  }
}

/* A guess at the inks that RGB will come to, for what is light and what is dark. */
static void guess(const double *rgb, double *inks) {
  double black = 1 - fmax(rgb[0], fmax(rgb[1], rgb[2]));
  for (int i = 0; i < 3; i++) inks[i] = 1 - rgb[i] - black;
  inks[3] = black;
}

pk_colour pk_space_colour(const pk_space *space, const double *numbers, size_t count) {
  pk_colour colour = {.kind = pk_space_colour_kind(space)};
  double n[PK_PLATES_MAX] = {0};
  for (size_t i = 0; i < MIN(count, PK_PLATES_MAX); i++) n[i] = CLAMP(numbers[i], 0.0, 1.0);
  switch (space->kind) {
  case PK_SPACE_GREY:
  case PK_SPACE_TAGGED_GREY: colour.inks[3] = 1 - n[0]; break;
  case PK_SPACE_RGB:
  case PK_SPACE_TAGGED: guess(n, colour.inks); break;
  case PK_SPACE_CMYK: memcpy(colour.inks, n, 4 * sizeof *n); break;
  case PK_SPACE_PLATES:
    for (int i = 0; i < space->components; i++)
      if (space->plates[i] >= 0) colour.inks[space->plates[i]] = n[i];
    break;
  case PK_SPACE_REGISTRATION:
    for (int i = 0; i < 4; i++) colour.inks[i] = n[0];
    break;
  case PK_SPACE_INDEXED:
  case PK_SPACE_PATTERN: colour.inks[3] = 0.3; break;
  }
  if (colour.kind == PK_COLOUR_REGISTRATION && n[0] == 0) colour.kind = PK_COLOUR_INKS;
  return colour;
}
