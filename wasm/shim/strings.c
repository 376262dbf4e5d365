/*
 * The C library's hottest functions with 16-byte vectors and the bulk instructions: emscripten's own work byte by byte or word by
 * word, and reading XML spends a third of its time in them. Compiled with -fno-builtin, or the compiler would turn these loops
 * into calls of the functions that they define.
 */
#include <stddef.h>
#include <stdint.h>
#include <wasm_simd128.h>

#define LANES 16
/* From here on the engine's own copy is faster than a loop, the call included. */
#define BULK_BYTES 256

typedef struct { uint16_t value; } __attribute__((packed)) Half;
typedef struct { uint32_t value; } __attribute__((packed)) Word;
typedef struct { uint64_t value; } __attribute__((packed)) Double;

/* Both ends of a block are moved by one access each, which overlap in the middle. */
#define COPY_ENDS(TYPE)                                                            \
  do                                                                               \
    {                                                                              \
      TYPE head = *(const TYPE *)from;                                             \
      TYPE tail = *(const TYPE *)(from + n - sizeof(TYPE));                        \
      *(TYPE *)to = head;                                                          \
      *(TYPE *)(to + n - sizeof(TYPE)) = tail;                                     \
      return target;                                                               \
    }                                                                              \
  while (0)

void *
memcpy(void *restrict target, const void *restrict source, size_t n)
{
  unsigned char *to = target;
  const unsigned char *from = source;
  size_t i;
  if (n >= BULK_BYTES)
    {
      __asm__("local.get %0\n\tlocal.get %1\n\tlocal.get %2\n\tmemory.copy 0, 0" : : "r"(to), "r"(from), "r"(n) : "memory");
      return target;
    }
  if (n > LANES)
    {
      v128_t tail = wasm_v128_load(from + n - LANES);
      for (i = 0; i + LANES < n; i += LANES)
        wasm_v128_store(to + i, wasm_v128_load(from + i));
      wasm_v128_store(to + n - LANES, tail);
      return target;
    }
  if (n >= 8)
    COPY_ENDS(Double);
  if (n >= 4)
    COPY_ENDS(Word);
  if (n >= 2)
    COPY_ENDS(Half);
  if (n)
    *to = *from;
  return target;
}

size_t
strlen(const char *text)
{
  /* Aligned vectors never reach into a page that the string is not in. */
  const char *at = (const char *)((uintptr_t)text & ~(uintptr_t)(LANES - 1));
  uint32_t zeros = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(at), wasm_i8x16_splat(0)));
  zeros &= ~0u << ((uintptr_t)text & (LANES - 1));
  while (!zeros)
    {
      at += LANES;
      zeros = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(at), wasm_i8x16_splat(0)));
    }
  return at + __builtin_ctz(zeros) - text;
}

/* Whether a vector can be read here without reaching past the memory's last page. */
static inline int
readable(const unsigned char *at)
{
  return ((uintptr_t)at & 0xfff) <= 0x1000 - LANES;
}

int
strcmp(const char *left, const char *right)
{
  const unsigned char *a = (const unsigned char *)left, *b = (const unsigned char *)right;
  for (;;)
    {
      if (readable(a) && readable(b))
        {
          v128_t x = wasm_v128_load(a);
          uint32_t stop = wasm_i8x16_bitmask(wasm_v128_or(wasm_i8x16_ne(x, wasm_v128_load(b)), wasm_i8x16_eq(x, wasm_i8x16_splat(0))));
          if (stop)
            {
              int at = __builtin_ctz(stop);
              return a[at] - b[at];
            }
          a += LANES;
          b += LANES;
        }
      else
        {
          if (*a != *b || !*a)
            return *a - *b;
          a++;
          b++;
        }
    }
}

int
memcmp(const void *left, const void *right, size_t n)
{
  const unsigned char *a = left, *b = right;
  for (; n >= LANES; a += LANES, b += LANES, n -= LANES)
    {
      uint32_t differ = wasm_i8x16_bitmask(wasm_i8x16_ne(wasm_v128_load(a), wasm_v128_load(b)));
      if (differ)
        {
          int at = __builtin_ctz(differ);
          return a[at] - b[at];
        }
    }
  for (; n; a++, b++, n--)
    if (*a != *b)
      return *a - *b;
  return 0;
}
