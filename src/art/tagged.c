/* Colours with a profile of their own, through lcms2.
 *
 * In:  numbers in the space of an ICC profile, or L*a*b*. Out: sRGB and inks, by
 * the intent of the press, black point compensated. */
#include "art/tagged.h"

#include "art/conversion.h"

struct pk_tagged {
  cmsContext context; /* its own where there is no press */
  cmsHTRANSFORM to_srgb, to_press;
  double scale; /* lcms2 counts ink in per cent */
  int components;
  bool is_press;
};

static cmsHPROFILE open_own(cmsContext context, GBytes *icc, int components) {
  if (!icc) return cmsCreateLab4ProfileTHR(context, NULL);
  gsize size;
  const void *data = g_bytes_get_data(icc, &size);
  cmsHPROFILE own = cmsOpenProfileFromMemTHR(context, data, (cmsUInt32Number)size);
  cmsColorSpaceSignature wanted = components == 1 ? cmsSigGrayData : components == 4 ? cmsSigCmykData : cmsSigRgbData;
  bool is_of_device =
      own && cmsGetDeviceClass(own) != cmsSigLinkClass && cmsGetDeviceClass(own) != cmsSigNamedColorClass;
  if (is_of_device && cmsGetColorSpace(own) == wanted) return own;
  if (own) cmsCloseProfile(own);
  return NULL;
}

static cmsUInt32Number format_of(GBytes *icc, int components) {
  return !icc ? TYPE_Lab_DBL : components == 1 ? TYPE_GRAY_DBL : components == 4 ? TYPE_CMYK_DBL : TYPE_RGB_DBL;
}

pk_tagged *pk_tagged_new(GBytes *icc, int components, pk_conversion *press) {
  pk_tagged *tagged = g_new0(pk_tagged, 1);
  cmsContext context = press && press->context ? press->context : (tagged->context = pk_conversion_context());
  cmsUInt32Number intent = press ? press->intent : INTENT_RELATIVE_COLORIMETRIC;
  cmsUInt32Number flags = cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE, format = format_of(icc, components);
  cmsHPROFILE own = open_own(context, icc, components), srgb = cmsCreate_sRGBProfileTHR(context);
  tagged->components = components;
  tagged->scale = components == 4 ? 100 : 1;
  if (own) tagged->to_srgb = cmsCreateTransformTHR(context, own, format, srgb, TYPE_RGB_DBL, intent, flags);
  if (own && press && press->press) {
    tagged->to_press = cmsCreateTransformTHR(context, own, format, press->press, TYPE_CMYK_DBL, intent, flags);
    tagged->is_press = components == 4 && pk_conversion_is_of(press, icc);
  }
  if (own) cmsCloseProfile(own);
  cmsCloseProfile(srgb);
  if (tagged->to_srgb) return tagged;
  pk_tagged_drop(tagged);
  return NULL;
}

void pk_tagged_drop(pk_tagged *tagged) {
  if (!tagged) return;
  if (tagged->to_srgb) cmsDeleteTransform(tagged->to_srgb);
  if (tagged->to_press) cmsDeleteTransform(tagged->to_press);
  if (tagged->context) cmsDeleteContext(tagged->context);
  g_free(tagged);
}

static void run(const pk_tagged *tagged, cmsHTRANSFORM transform, const double *from, double *to) {
  double scaled[4];
  for (int i = 0; i < tagged->components; i++) scaled[i] = from[i] * tagged->scale;
  cmsDoTransform(transform, scaled, to, 1);
}

void pk_tagged_srgb(const pk_tagged *tagged, const double *from, double rgb[3]) {
  run(tagged, tagged->to_srgb, from, rgb);
  for (int i = 0; i < 3; i++) rgb[i] = CLAMP(rgb[i], 0.0, 1.0);
}

bool pk_tagged_press(const pk_tagged *tagged, const double *from, double cmyk[4]) {
  if (!tagged->to_press) return false;
  run(tagged, tagged->to_press, from, cmyk);
  for (int i = 0; i < 4; i++) cmyk[i] = CLAMP(cmyk[i] / 100, 0.0, 1.0);
  return true;
}

bool pk_tagged_is_press(const pk_tagged *tagged) {
  return tagged->is_press;
}
