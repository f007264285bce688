/* What every module may use: status, lengths, dates, languages, arena. */
#ifndef PK_BASE_H
#define PK_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/length.h"
#include "presskit/types.h"

#endif
