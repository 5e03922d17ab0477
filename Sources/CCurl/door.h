// The door to libcurl: the library's own header, and a wrapper of fixed type for each use of its
// variadic functions, which Swift does not import. There is no other code of our own here.
#ifndef JALON_CCURL_DOOR_H
#define JALON_CCURL_DOOR_H
#include <curl/curl.h>

/// curl_easy_setopt of a number, a switch or an enumeration.
static inline CURLcode jalon_curl_set_long(CURL *_Nonnull handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

/// curl_easy_setopt of a size.
static inline CURLcode jalon_curl_set_offset(CURL *_Nonnull handle, CURLoption option,
                                             curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

/// curl_easy_setopt of a text, which libcurl copies; null takes the option back.
static inline CURLcode jalon_curl_set_string(CURL *_Nonnull handle, CURLoption option,
                                             const char *_Nullable value) {
  return curl_easy_setopt(handle, option, value);
}

/// curl_easy_setopt of something that has to live as long as the handle uses it.
static inline CURLcode jalon_curl_set_pointer(CURL *_Nonnull handle, CURLoption option,
                                              void *_Nullable value) {
  return curl_easy_setopt(handle, option, value);
}

/// CURLOPT_READFUNCTION.
static inline CURLcode jalon_curl_set_reader(
    CURL *_Nonnull handle,
    size_t (*_Nonnull reader)(char *_Nonnull, size_t, size_t, void *_Nonnull)) {
  return curl_easy_setopt(handle, CURLOPT_READFUNCTION, reader);
}

/// CURLOPT_DEBUGFUNCTION.
static inline CURLcode jalon_curl_set_listener(
    CURL *_Nonnull handle, int (*_Nonnull listener)(CURL *_Nonnull, curl_infotype,
                                                    char *_Nonnull, size_t, void *_Nonnull)) {
  return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, listener);
}

/// curl_easy_getinfo of a number.
static inline CURLcode jalon_curl_get_long(CURL *_Nonnull handle, CURLINFO information,
                                           long *_Nonnull value) {
  return curl_easy_getinfo(handle, information, value);
}

/// CURLINFO_ACTIVESOCKET.
static inline CURLcode jalon_curl_get_socket(CURL *_Nonnull handle,
                                             curl_socket_t *_Nonnull value) {
  return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, value);
}

#endif
