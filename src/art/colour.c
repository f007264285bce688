/* Colours through lcms2.
 *
 * In:  sRGB, or pixels with the profile of their file. Out: CMYK of a press, or
 * sRGB. Relative colorimetric with black point compensation throughout, which
 * is what print shops expect of photographs. A transform for pixels takes some
 * milliseconds to build, so the one from sRGB is kept; one for single colours is
 * built without lcms2's precomputed grid and is exact. lcms2 tells nobody of
 * its errors here: a call that fails returns NULL, and that is enough. */
#include "art/colour.h"

#include <lcms2.h>
#include <math.h>
#include <string.h>

#include "base/file.h"

enum { MAX_PROFILE_BYTES = 64 * 1024 * 1024, INTENT = INTENT_RELATIVE_COLORIMETRIC };

struct pk_conversion {
  cmsContext context;
  cmsHPROFILE press, srgb;       /* NULL: the formula */
  cmsHTRANSFORM colours, pixels; /* built when first needed */
};

static void ignore_error(cmsContext context, cmsUInt32Number code, const char *text) {
  (void)context, (void)code, (void)text;
}

static cmsContext context_new(void) {
  cmsContext context = cmsCreateContext(NULL, NULL);
  cmsSetLogErrorHandlerTHR(context, ignore_error);
  return context;
}

static cmsHPROFILE open_press(cmsContext context, const char *path, pk_problem *problem) {
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
      cmsIsIntentSupported(profile, INTENT, LCMS_USED_AS_OUTPUT))
    return profile;
  pk_problem_set(problem, "it is not the profile of a press: that would be of the output class, with four inks");
  cmsCloseProfile(profile);
  return NULL;
}

pk_conversion *pk_conversion_open(const char *path, pk_problem *problem) {
  pk_conversion *conversion = g_new0(pk_conversion, 1);
  if (!path) return conversion;
  conversion->context = context_new();
  conversion->press = open_press(conversion->context, path, problem);
  if (conversion->press) {
    conversion->srgb = cmsCreate_sRGBProfileTHR(conversion->context);
    conversion->colours =
        cmsCreateTransformTHR(conversion->context, conversion->srgb, TYPE_RGB_DBL, conversion->press, TYPE_CMYK_DBL,
                              INTENT, cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
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

/* ---- pixels -------------------------------------------------------------- */

/* The picture's own profile if it is of the pixels' kind, else NULL. */
static cmsHPROFILE own_profile(cmsContext context, const pk_raster *raster) {
  if (!raster->icc) return NULL;
  gsize size;
  const void *data = g_bytes_get_data(raster->icc, &size);
  cmsHPROFILE profile = cmsOpenProfileFromMemTHR(context, data, (cmsUInt32Number)size);
  if (!profile) return NULL;
  if (cmsGetColorSpace(profile) == (raster->components == 4 ? cmsSigCmykData : cmsSigRgbData)) return profile;
  cmsCloseProfile(profile);
  return NULL;
}

static bool is_srgb(cmsHPROFILE profile) {
  char name[64] = "";
  cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", name, sizeof name);
  return strncmp(name, "sRGB", 4) == 0;
}

/* Runs over the pixels row by row: lcms2 counts pixels in 32 bits. */
static void transform_rows(cmsHTRANSFORM transform, pk_raster *raster, int components) {
  uint8_t *out = g_malloc(pk_raster_pixels(raster) * (size_t)components);
  size_t from_stride = (size_t)raster->width * (size_t)raster->components;
  size_t to_stride = (size_t)raster->width * (size_t)components;
  for (uint32_t y = 0; y < raster->height; y++)
    cmsDoTransform(transform, raster->pixels + y * from_stride, out + y * to_stride, raster->width);
  g_free(raster->pixels);
  raster->pixels = out;
  raster->components = components;
  g_clear_pointer(&raster->icc, g_bytes_unref);
}

static void apply_formula(pk_conversion *conversion, pk_raster *raster) {
  size_t count = pk_raster_pixels(raster);
  uint8_t *out = g_malloc(count * 4);
  for (size_t i = 0; i < count; i++) {
    double rgb[3], cmyk[4];
    for (size_t c = 0; c < 3; c++) rgb[c] = raster->pixels[3 * i + c] / 255.0;
    pk_conversion_colour(conversion, rgb, cmyk);
    for (size_t c = 0; c < 4; c++) out[4 * i + c] = (uint8_t)lround(cmyk[c] * 255);
  }
  g_free(raster->pixels);
  raster->pixels = out;
  raster->components = 4;
  g_clear_pointer(&raster->icc, g_bytes_unref);
}

bool pk_conversion_raster(pk_conversion *conversion, pk_raster *raster) {
  if (!conversion->press) {
    bool is_understood = pk_raster_to_srgb(raster);
    apply_formula(conversion, raster);
    return is_understood;
  }
  bool has_profile = raster->icc != NULL;
  cmsHPROFILE own = own_profile(conversion->context, raster);
  cmsHTRANSFORM transform = NULL;
  bool is_own = own && !is_srgb(own);
  if (is_own)
    transform = cmsCreateTransformTHR(conversion->context, own, TYPE_RGB_8, conversion->press, TYPE_CMYK_8, INTENT,
                                      cmsFLAGS_BLACKPOINTCOMPENSATION);
  bool is_understood = !has_profile || (own && (!is_own || transform));
  if (own) cmsCloseProfile(own);
  if (transform) {
    transform_rows(transform, raster, 4);
    cmsDeleteTransform(transform);
    return true;
  }
  if (!conversion->pixels)
    conversion->pixels = cmsCreateTransformTHR(conversion->context, conversion->srgb, TYPE_RGB_8, conversion->press,
                                               TYPE_CMYK_8, INTENT, cmsFLAGS_BLACKPOINTCOMPENSATION);
  if (conversion->pixels)
    transform_rows(conversion->pixels, raster, 4);
  else
    apply_formula(conversion, raster);
  return is_understood;
}

static void drop_black(pk_raster *raster) {
  size_t count = pk_raster_pixels(raster);
  for (size_t i = 0; i < count; i++) {
    const uint8_t *from = raster->pixels + 4 * i;
    unsigned paper = 255u - from[3];
    uint8_t rgb[3];
    for (size_t c = 0; c < 3; c++) rgb[c] = (uint8_t)((255u - from[c]) * paper / 255);
    memcpy(raster->pixels + 3 * i, rgb, 3);
  }
  raster->components = 3;
  g_clear_pointer(&raster->icc, g_bytes_unref);
}

bool pk_raster_to_srgb(pk_raster *raster) {
  if (raster->components == 1 || (raster->components == 3 && !raster->icc)) return true;
  bool has_profile = raster->icc != NULL, is_understood = !has_profile;
  cmsContext context = context_new();
  cmsHPROFILE own = own_profile(context, raster);
  if (own && raster->components == 3 && is_srgb(own)) {
    is_understood = true;
  } else if (own) {
    cmsHPROFILE srgb = cmsCreate_sRGBProfileTHR(context);
    cmsHTRANSFORM transform = cmsCreateTransformTHR(context, own, raster->components == 4 ? TYPE_CMYK_8 : TYPE_RGB_8,
                                                    srgb, TYPE_RGB_8, INTENT, cmsFLAGS_BLACKPOINTCOMPENSATION);
    cmsCloseProfile(srgb);
    is_understood = transform != NULL;
    if (transform) {
      transform_rows(transform, raster, 3);
      cmsDeleteTransform(transform);
    }
  }
  if (own) cmsCloseProfile(own);
  cmsDeleteContext(context);
  if (raster->components == 4) drop_black(raster);
  g_clear_pointer(&raster->icc, g_bytes_unref);
  return is_understood;
}

/* ---- one colour ---------------------------------------------------------- */

void pk_mapper_clear(pk_mapper *mapper) {
  if (mapper->owns_conversion) pk_conversion_drop(mapper->conversion);
  mapper->conversion = NULL;
  mapper->owns_conversion = false;
}

pk_conversion *pk_mapper_conversion(pk_mapper *mapper) {
  if (mapper->conversion) return mapper->conversion;
  mapper->conversion = pk_conversion_open(mapper->colours->profile_path, &mapper->problem);
  mapper->has_failed = mapper->conversion == NULL;
  if (mapper->has_failed) mapper->conversion = pk_conversion_open(NULL, &(pk_problem){0});
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

/* An ink itself goes before a tint of another. */
static bool map_to_ink(const pk_art_colours *colours, const double rgb[3], double cmyk[4]) {
  const pk_art_ink *nearest = NULL;
  double share = 0;
  for (size_t i = 0; i < colours->ink_count; i++) {
    double found = share_of_ink(&colours->inks[i], rgb);
    if (found <= share) continue;
    nearest = &colours->inks[i];
    share = found;
  }
  for (int i = 0; nearest && i < 4; i++) cmyk[i] = share * nearest->cmyk[i];
  return nearest != NULL;
}

void pk_mapper_map(pk_mapper *mapper, const double rgb[3], double cmyk[4]) {
  if (map_to_ink(mapper->colours, rgb, cmyk)) return;
  if (is_same(rgb[0], rgb[1]) && is_same(rgb[0], rgb[2]) && is_same(rgb[1], rgb[2])) {
    cmyk[0] = cmyk[1] = cmyk[2] = 0;
    cmyk[3] = CLAMP(1 - (rgb[0] + rgb[1] + rgb[2]) / 3, 0.0, 1.0);
    return;
  }
  pk_conversion_colour(pk_mapper_conversion(mapper), rgb, cmyk);
}
