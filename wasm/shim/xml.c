#include <stdint.h>
#include <wasm_simd128.h>

#include "internal.h"
#include "xmltok.h"

#define LANES 16

/* Lines and characters of UTF-8, 16 bytes at a time. A carriage return, which may stand before a line feed, leaves the rest to expat. */
void
update_position(const ENCODING *encoding, const char *at, const char *end, POSITION *position)
{
  for (; encoding->isUtf8 && end - at >= LANES; at += LANES)
    {
      v128_t bytes = wasm_v128_load(at);
      uint32_t feeds = wasm_i8x16_bitmask(wasm_i8x16_eq(bytes, wasm_i8x16_splat('\n')));
      /* All but continuation bytes, which are the least when signed. */
      uint32_t characters = wasm_i8x16_bitmask(wasm_i8x16_ge(bytes, wasm_i8x16_splat((int8_t)0xc0)));
      if (wasm_v128_any_true(wasm_i8x16_eq(bytes, wasm_i8x16_splat('\r'))))
        break;
      if (feeds)
        {
          position->lineNumber += __builtin_popcount(feeds);
          position->columnNumber = 0;
          characters &= ~1u << (31 - __builtin_clz(feeds));
        }
      position->columnNumber += __builtin_popcount(characters);
    }
  /* The rest of a character whose first byte was counted. */
  for (; encoding->isUtf8 && at < end && (*at & 0xc0) == 0x80; at++)
    ;
  encoding->updatePosition(encoding, at, end, position);
}
