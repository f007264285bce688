/* Pixels of a whole picture, through lcms2.
 *
 * In:  pixels with the profile of their file, or without. Out: CMYK of a press,
 * or sRGB. A transform for pixels takes some milliseconds to build, so the one
 * from sRGB is kept. */
#include <math.h>
#include <string.h>

#include "art/conversion.h"

enum { RELATIVE = INTENT_RELATIVE_COLORIMETRIC };

static cmsColorSpaceSignature space_of(int components) {
  return components == 1 ? cmsSigGrayData : components == 4 ? cmsSigCmykData : cmsSigRgbData;
}

static bool is_of_device(cmsHPROFILE profile) {
  cmsProfileClassSignature kind = cmsGetDeviceClass(profile);
  return kind == cmsSigInputClass || kind == cmsSigDisplayClass || kind == cmsSigOutputClass ||
         kind == cmsSigColorSpaceClass;
}

/* The profile `icc` if it is for pixels of so many components, else NULL. */
static cmsHPROFILE open_own(cmsContext context, GBytes *icc, int components) {
  if (!icc) return NULL;
  gsize size;
  const void *data = g_bytes_get_data(icc, &size);
  cmsHPROFILE profile = cmsOpenProfileFromMemTHR(context, data, (cmsUInt32Number)size);
  if (!profile || (is_of_device(profile) && cmsGetColorSpace(profile) == space_of(components))) return profile;
  cmsCloseProfile(profile);
  return NULL;
}

/* Opening a profile reads its table of contents; that a transform comes of it
 * shows that the rest is there. */
bool pk_profile_fits(GBytes *icc, int components) {
  cmsContext context = pk_conversion_context();
  cmsHPROFILE own = open_own(context, icc, components), srgb = own ? cmsCreate_sRGBProfileTHR(context) : NULL;
  cmsUInt32Number format = components == 1 ? TYPE_GRAY_8 : components == 4 ? TYPE_CMYK_8 : TYPE_RGB_8;
  cmsHTRANSFORM transform =
      srgb ? cmsCreateTransformTHR(context, own, format, srgb, TYPE_RGB_8, RELATIVE, cmsFLAGS_NOOPTIMIZE) : NULL;
  bool fits = transform != NULL;
  if (transform) cmsDeleteTransform(transform);
  if (srgb) cmsCloseProfile(srgb);
  if (own) cmsCloseProfile(own);
  cmsDeleteContext(context);
  return fits;
}

static void describe(cmsHPROFILE profile, char *name, cmsUInt32Number room) {
  name[0] = 0;
  cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", name, room);
}

bool pk_conversion_is_of(const pk_conversion *conversion, GBytes *icc) {
  cmsHPROFILE own = conversion->press ? open_own(conversion->context, icc, 4) : NULL;
  if (!own) return false;
  char ours[256], theirs[256];
  describe(conversion->press, ours, sizeof ours);
  describe(own, theirs, sizeof theirs);
  cmsCloseProfile(own);
  return *ours && strcmp(ours, theirs) == 0;
}

static bool is_srgb(cmsHPROFILE profile) {
  char name[64];
  describe(profile, name, sizeof name);
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

/* From sRGB; built when first needed and kept. */
static cmsHTRANSFORM kept_transform(pk_conversion *conversion) {
  if (!conversion->pixels)
    conversion->pixels = cmsCreateTransformTHR(conversion->context, conversion->srgb, TYPE_RGB_8, conversion->press,
                                               TYPE_CMYK_8, conversion->intent, cmsFLAGS_BLACKPOINTCOMPENSATION);
  return conversion->pixels;
}

bool pk_conversion_begin(pk_conversion *conversion, GBytes *icc, int components, pk_pixel_pass *pass) {
  *pass = (pk_pixel_pass){0};
  if (!conversion->press) return false;
  cmsHPROFILE own = open_own(conversion->context, icc, components);
  bool is_understood = own || !icc;
  if (own && !(components == 3 && is_srgb(own))) {
    pass->transform =
        cmsCreateTransformTHR(conversion->context, own, components == 4 ? TYPE_CMYK_8 : TYPE_RGB_8, conversion->press,
                              TYPE_CMYK_8, conversion->intent, cmsFLAGS_BLACKPOINTCOMPENSATION);
    pass->is_owned = pass->transform != NULL;
    is_understood = pass->is_owned;
  }
  if (own) cmsCloseProfile(own);
  if (!pass->transform && components == 3) pass->transform = kept_transform(conversion);
  return is_understood;
}

void pk_conversion_row(const pk_pixel_pass *pass, const uint8_t *from, uint8_t *to, uint32_t width) {
  cmsDoTransform(pass->transform, from, to, width);
}

void pk_conversion_end(pk_pixel_pass *pass) {
  if (pass->is_owned) cmsDeleteTransform(pass->transform);
}

/* Without a press: CMYK stays as it is, RGB goes by the formula. */
static bool convert_plainly(pk_conversion *conversion, pk_raster *raster) {
  bool is_understood = raster->components == 4 || pk_raster_to_srgb(raster);
  if (raster->components == 3) apply_formula(conversion, raster);
  g_clear_pointer(&raster->icc, g_bytes_unref);
  return is_understood;
}

bool pk_conversion_raster(pk_conversion *conversion, pk_raster *raster) {
  if (!conversion->press) return convert_plainly(conversion, raster);
  pk_pixel_pass pass;
  bool is_understood = pk_conversion_begin(conversion, raster->icc, raster->components, &pass);
  if (pass.transform)
    transform_rows(pass.transform, raster, 4);
  else if (raster->components == 3)
    apply_formula(conversion, raster);
  pk_conversion_end(&pass);
  g_clear_pointer(&raster->icc, g_bytes_unref);
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
  cmsContext context = pk_conversion_context();
  cmsHPROFILE own = open_own(context, raster->icc, raster->components);
  if (own && raster->components == 3 && is_srgb(own)) {
    is_understood = true;
  } else if (own) {
    cmsHPROFILE srgb = cmsCreate_sRGBProfileTHR(context);
    cmsHTRANSFORM transform = cmsCreateTransformTHR(context, own, raster->components == 4 ? TYPE_CMYK_8 : TYPE_RGB_8,
                                                    srgb, TYPE_RGB_8, RELATIVE, cmsFLAGS_BLACKPOINTCOMPENSATION);
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
