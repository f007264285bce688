/* Single colours, through lcms2.
 *
 * In:  sRGB. Out: CMYK of a press. Relative colorimetric with black point
 * compensation, which is what print shops expect, unless the perceptual intent
 * is asked for. The transform is built without lcms2's precomputed grid and is
 * exact. lcms2 tells nobody of its errors here: a call that fails returns NULL,
 * and that is enough. */
#include "art/conversion.h"

#include <math.h>
#include <string.h>

#include "base/file.h"

enum { MAX_PROFILE_BYTES = 64 * 1024 * 1024 };

static void ignore_error(cmsContext context, cmsUInt32Number code, const char *text) {
  (void)context, (void)code, (void)text;
}

cmsContext pk_conversion_context(void) {
  cmsContext context = cmsCreateContext(NULL, NULL);
  cmsSetLogErrorHandlerTHR(context, ignore_error);
  return context;
}

static cmsHPROFILE open_press(cmsContext context, const char *path, cmsUInt32Number intent, pk_problem *problem) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = pk_file_read(path, MAX_PROFILE_BYTES, &error);
  if (!bytes) {
    pk_problem_set(problem, "%s", error->message);
    return NULL;
  }
  gsize size;
  const void *data = g_bytes_get_data(bytes, &size);
  cmsHPROFILE profile = cmsOpenProfileFromMemTHR(context, data, (cmsUInt32Number)size);
  if (!profile) {
    pk_problem_set(problem, "it is no ICC profile");
    return NULL;
  }
  if (cmsGetColorSpace(profile) == cmsSigCmykData && cmsGetDeviceClass(profile) == cmsSigOutputClass &&
      cmsIsIntentSupported(profile, intent, LCMS_USED_AS_OUTPUT))
    return profile;
  pk_problem_set(problem, "it is not the profile of a press: that would be of the output class, with four inks");
  cmsCloseProfile(profile);
  return NULL;
}

pk_conversion *pk_conversion_open(const char *path, bool is_perceptual, pk_problem *problem) {
  pk_conversion *conversion = g_new0(pk_conversion, 1);
  conversion->intent = is_perceptual ? INTENT_PERCEPTUAL : INTENT_RELATIVE_COLORIMETRIC;
  if (!path) return conversion;
  conversion->context = pk_conversion_context();
  conversion->press = open_press(conversion->context, path, conversion->intent, problem);
  if (conversion->press) {
    conversion->srgb = cmsCreate_sRGBProfileTHR(conversion->context);
    conversion->colours =
        cmsCreateTransformTHR(conversion->context, conversion->srgb, TYPE_RGB_DBL, conversion->press, TYPE_CMYK_DBL,
                              conversion->intent, cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
    if (conversion->colours) return conversion;
    pk_problem_set(problem, "its tables are damaged");
  }
  pk_conversion_drop(conversion);
  return NULL;
}

void pk_conversion_drop(pk_conversion *conversion) {
  if (!conversion) return;
  if (conversion->colours) cmsDeleteTransform(conversion->colours);
  if (conversion->pixels) cmsDeleteTransform(conversion->pixels);
  if (conversion->press) cmsCloseProfile(conversion->press);
  if (conversion->srgb) cmsCloseProfile(conversion->srgb);
  if (conversion->context) cmsDeleteContext(conversion->context);
  g_free(conversion);
}

void pk_conversion_colour(pk_conversion *conversion, const double rgb[3], double cmyk[4]) {
  double from[3];
  for (int i = 0; i < 3; i++) from[i] = CLAMP(rgb[i], 0.0, 1.0);
  if (conversion->press) {
    cmsDoTransform(conversion->colours, from, cmyk, 1); /* lcms2 counts ink in per cent */
    for (int i = 0; i < 4; i++) cmyk[i] = CLAMP(cmyk[i] / 100, 0.0, 1.0);
    return;
  }
  double black = 1 - MAX(from[0], MAX(from[1], from[2]));
  for (int i = 0; i < 3; i++) cmyk[i] = 1 - from[i] - black;
  cmyk[3] = black;
}

/* ---- one colour ---------------------------------------------------------- */

void pk_mapper_clear(pk_mapper *mapper) {
  if (mapper->owns_conversion) pk_conversion_drop(mapper->conversion);
  mapper->conversion = NULL;
  mapper->owns_conversion = false;
}

pk_conversion *pk_mapper_conversion(pk_mapper *mapper) {
  if (mapper->conversion) return mapper->conversion;
  mapper->conversion =
      pk_conversion_open(mapper->colours->profile_path, mapper->colours->is_perceptual, &mapper->problem);
  mapper->has_failed = mapper->conversion == NULL;
  if (mapper->has_failed) mapper->conversion = pk_conversion_open(NULL, false, &(pk_problem){0});
  mapper->owns_conversion = true;
  return mapper->conversion;
}

/* Cairo writes colours with six decimals, designers' files have eight bits. */
static bool is_same(double a, double b) {
  return fabs(a - b) <= 1.0 / 512 + 1e-6;
}

/* How much of `ink` over white gives the colour, 0..1; -1 if no share of it does. */
static double share_of_ink(const pk_art_ink *ink, const double rgb[3]) {
  int deepest = 0;
  for (int i = 1; i < 3; i++)
    if (ink->screen[i] < ink->screen[deepest]) deepest = i;
  double depth = 1 - ink->screen[deepest];
  double share = depth > 0 ? CLAMP((1 - rgb[deepest]) / depth, 0.0, 1.0) : 1;
  bool is_ink = true;
  for (int i = 0; i < 3; i++) {
    /* The share was rounded to eight bits, and so was what it is compared with. */
    if (fabs(rgb[i] - 1 + share * (1 - ink->screen[i])) > 1.0 / 256) return -1;
    is_ink = is_ink && is_same(rgb[i], ink->screen[i]);
  }
  return is_ink ? 1 : share;
}

const pk_art_ink *pk_mapper_ink(const pk_mapper *mapper, const double rgb[3], double *of) {
  const pk_art_colours *colours = mapper->colours;
  const pk_art_ink *nearest = NULL;
  double share = 0;
  for (size_t i = 0; i < colours->ink_count; i++) {
    double found = share_of_ink(&colours->inks[i], rgb);
    if (found <= share) continue;
    nearest = &colours->inks[i];
    share = found;
  }
  *of = share;
  return nearest;
}

/* How much of `ink` the inks are, 0..1; 0 if they are none of it. */
static double share_of_cmyk(const pk_art_ink *ink, const double cmyk[4]) {
  int deepest = 0;
  for (int i = 1; i < 4; i++)
    if (ink->cmyk[i] > ink->cmyk[deepest]) deepest = i;
  if (ink->cmyk[deepest] <= 0) return 0;
  double share = cmyk[deepest] / ink->cmyk[deepest];
  for (int i = 0; i < 4; i++)
    if (!(share <= 1.0 + 1.0 / 256) || fabs(cmyk[i] - share * ink->cmyk[i]) > 1.0 / 256) return 0;
  return fabs(share - 1) < 1.0 / 256 ? 1 : share;
}

const pk_art_ink *pk_mapper_ink_of_cmyk(const pk_mapper *mapper, const double cmyk[4], double *of) {
  const pk_art_colours *colours = mapper->colours;
  const pk_art_ink *nearest = NULL;
  *of = 0;
  for (size_t i = 0; i < colours->ink_count; i++) {
    double found = share_of_cmyk(&colours->inks[i], cmyk);
    if (found <= *of) continue;
    nearest = &colours->inks[i];
    *of = found;
  }
  return nearest;
}

static bool map_to_ink(const pk_mapper *mapper, const double rgb[3], double cmyk[4]) {
  double share;
  const pk_art_ink *ink = pk_mapper_ink(mapper, rgb, &share);
  for (int i = 0; ink && i < 4; i++) cmyk[i] = share * ink->cmyk[i];
  return ink != NULL;
}

void pk_mapper_map(pk_mapper *mapper, const double rgb[3], double cmyk[4]) {
  if (map_to_ink(mapper, rgb, cmyk)) return;
  if (is_same(rgb[0], rgb[1]) && is_same(rgb[0], rgb[2]) && is_same(rgb[1], rgb[2])) {
    cmyk[0] = cmyk[1] = cmyk[2] = 0;
    cmyk[3] = CLAMP(1 - (rgb[0] + rgb[1] + rgb[2]) / 3, 0.0, 1.0);
    return;
  }
  pk_conversion_colour(pk_mapper_conversion(mapper), rgb, cmyk);
}
