// The door to libFuzzer, which -sanitize=fuzzer links in.
#include <stddef.h>
#include <stdint.h>

/// Fuzzes as the command line says, with a callback that is handed one input after another.
int LLVMFuzzerRunDriver(
    int *argument_count, char ***arguments, int (*check)(const uint8_t *bytes, size_t count));
