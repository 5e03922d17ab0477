// The door to SQLite: the library's own header, and what Swift cannot see of it.
#ifndef JALON_CSQLITE_DOOR_H
#define JALON_CSQLITE_DOOR_H
#include <sqlite3.h>

/// SQLITE_STATIC and SQLITE_TRANSIENT are casts of integers to function pointers, which Swift does
/// not import. SQLITE_STATIC is a null pointer, and has to be allowed to be one.
static inline sqlite3_destructor_type _Nullable jalon_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline sqlite3_destructor_type _Nullable jalon_sqlite_static(void) { return SQLITE_STATIC; }

#endif
