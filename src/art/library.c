/* Opens a shared library and looks its functions up.
 *
 * It is never closed: GObject types that it registers, and handlers that it
 * keeps, outlive whoever asked for it. */
#include "art/library.h"

#include <gmodule.h>

gboolean pk_library_open(const char *name, const pk_library_entry *wanted, size_t count) {
  GModule *module = g_module_open(name, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (!module) return FALSE;
  g_module_make_resident(module);
  for (size_t i = 0; i < count; i++)
    if (!g_module_symbol(module, wanted[i].name, wanted[i].slot)) return FALSE;
  return TRUE;
}
