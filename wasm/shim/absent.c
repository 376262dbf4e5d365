/*
 * What libsolv offers and no function of the shim reaches, a twentieth of the module: regular expressions, for those who search
 * attributes with SEARCH_REGEX, and the checksums with which it verifies packages and signatures; testcases use MD5 alone. Should a later
 * libsolv come here, the instance ends and says so.
 */
#include <regex.h>
#include <stdlib.h>

#include "sha1.h"
#include "sha2.h"

int
regcomp(regex_t *restrict regex, const char *restrict pattern, int flags)
{
  return REG_BADPAT;
}

int
regexec(const regex_t *restrict regex, const char *restrict text, size_t n, regmatch_t *restrict matches, int flags)
{
  return REG_NOMATCH;
}

void
regfree(regex_t *regex)
{
}

void solv_SHA1_Init(SHA1_CTX *context) { abort(); }
void solv_SHA1_Update(SHA1_CTX *context, const uint8_t *data, const size_t size) { abort(); }
void solv_SHA1_Final(SHA1_CTX *context, uint8_t digest[SHA1_DIGEST_SIZE]) { abort(); }

void solv_SHA224_Init(SHA224_CTX *context) { abort(); }
void solv_SHA224_Update(SHA224_CTX *context, const uint8_t *data, size_t size) { abort(); }
void solv_SHA224_Final(uint8_t digest[SHA224_DIGEST_LENGTH], SHA224_CTX *context) { abort(); }

void solv_SHA256_Init(SHA256_CTX *context) { abort(); }
void solv_SHA256_Update(SHA256_CTX *context, const uint8_t *data, size_t size) { abort(); }
void solv_SHA256_Final(uint8_t digest[SHA256_DIGEST_LENGTH], SHA256_CTX *context) { abort(); }

void solv_SHA384_Init(SHA384_CTX *context) { abort(); }
void solv_SHA384_Update(SHA384_CTX *context, const uint8_t *data, size_t size) { abort(); }
void solv_SHA384_Final(uint8_t digest[SHA384_DIGEST_LENGTH], SHA384_CTX *context) { abort(); }

void solv_SHA512_Init(SHA512_CTX *context) { abort(); }
void solv_SHA512_Update(SHA512_CTX *context, const uint8_t *data, size_t size) { abort(); }
void solv_SHA512_Final(uint8_t digest[SHA512_DIGEST_LENGTH], SHA512_CTX *context) { abort(); }
